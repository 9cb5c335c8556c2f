import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Dashboard, Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { quantityOf } from "../../devices/index.ts";
import { builtFolder, checkBoards, writeBoards } from "./board-files.ts";
import { boards } from "./boards/boards.ts";
import { uids } from "./boards/uids.ts";
import { buildBoards } from "./build-boards.ts";
import { checkBoard } from "./check-board.ts";
import { checkProvisioning, provisioningFolder } from "./check-provisioning.ts";
import { reference } from "./influxql/select.ts";
import { type BoardSchemas, deriveSchemas } from "./schema/derive-schema.ts";

const built = buildBoards();
let schemas: BoardSchemas;
beforeAll(async () => {
  schemas = await deriveSchemas();
}, 300_000);

function folderLike(original: string): string {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-boards-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(original, folder, { recursive: true });
  return folder;
}

test("every address is the one of a board", () => {
  expect(boards.map(({ uid }) => uid).toSorted()).toEqual(Object.values(uids).toSorted());
});

test("what is committed is what is built, and is well", async () => {
  expect(await checkBoards(builtFolder, schemas)).toEqual([]);
});

test("boards lead to each other and to the page", () => {
  for (const { board, text } of built) {
    expect(board.links?.map(({ url, tags }) => url ?? tags)).toEqual([
      ["canhdong"],
      `${reference("page", "raw")}/#/`,
    ]);
    const led = [...text.matchAll(/"\/d\/([\w-]+)\?/g)].map(([, uid]) => uid);
    expect(Object.values(uids)).toEqual(expect.arrayContaining(led));
  }
  expect(buildBoards("https://canhdong.example.vn/")[0]!.text).toContain(
    '"query": "https://canhdong.example.vn"',
  );
});

test("a quantity is told in its own unit and colours", () => {
  const pond = built.find(({ name }) => name === "canhdong-pond.json")!.board;
  const { defaults } = (pond.panels![0] as Panel).fieldConfig!;
  const { symbol, label } = quantityOf("water.dissolvedOxygen")!;
  expect((pond.panels![0] as Panel).title).toBe(label.vi);
  expect(defaults.unit).toBe(`suffix: ${symbol}`);
  expect(defaults.thresholds!.steps.map(({ color }) => color)).toEqual(["orange", "green"]);
});

describe("a folder of boards", () => {
  test("with a board that was changed by hand is told of, with its line", async () => {
    const folder = folderLike(builtFolder);
    const file = join(folder, "canhdong-pond.json");
    writeFileSync(file, readFileSync(file, "utf8").replace('"Ao nuôi"', '"Ao"'));
    rmSync(join(folder, "canhdong-shed.json"));
    writeFileSync(join(folder, "old.json"), "{}");
    expect(await checkBoards(folder, schemas)).toEqual([
      "old.json: is no board any more",
      expect.stringMatching(/^canhdong-pond.json: differs from what is built, first in line \d+; /),
      "canhdong-shed.json: is missing; canhdong grafana build writes it",
    ]);
    writeBoards(folder);
    expect(await checkBoards(folder, schemas)).toEqual([]);
  });
});

describe("by the types of Grafana's SDK", () => {
  /** A board with one thing changed. */
  function broken(change: (board: Dashboard, panel: Panel) => void): string[] {
    const board = JSON.parse(built[0]!.text) as Dashboard;
    change(board, board.panels![0] as Panel);
    return checkBoard(board, schemas);
  }

  test("a misspelled key, a wrong word and a missing field are each told of, with their panel", () => {
    const problems = broken((board, panel) => {
      Object.assign(panel, { gridPoss: {} });
      Object.assign(panel.fieldConfig!.defaults.thresholds!, { mode: "absolut" });
      Object.assign(panel.options as object, { sparkle: true });
      delete (panel.targets![0] as { query?: string }).query;
      Object.assign(board.templating.list![0]!, { refresh: 7 });
      Object.assign(board, { schemaVersion: 41 });
    });
    expect(problems.join("\n")).toMatch(/^schemaVersion: /m);
    expect(problems.join("\n")).toMatch(/^variable province: refresh: /m);
    for (const told of ["gridPoss", "thresholds.mode", "sparkle", "targets.0.query"])
      expect(problems.some((one) => one.startsWith("panel 1 (Thiết bị)") && one.includes(told))).toBe(true);
    expect(problems).toHaveLength(6);
  });

  test("two panels of one id, on one place, and a variable that is none are told of", () => {
    const problems = broken((board, panel) => {
      const other = board.panels![1] as Panel;
      other.id = panel.id!;
      other.gridPos = { ...panel.gridPos! };
      Object.assign(panel.targets![0]!, { query: `SELECT ${reference("nothing", "regex")}` });
    });
    expect(problems).toEqual([
      "the panel id 1 is given twice",
      "panel 1 (Thiết bị) lies on panel 1 (Thiết bị đang hoạt động)",
      "panel 1 (Thiết bị) asks for nothing, which is no variable of the board",
    ]);
  });
});

describe("provisioning", () => {
  function changed(name: string, from: string | RegExp, to: string): string[] {
    const folder = folderLike(provisioningFolder);
    const text = readFileSync(join(folder, name), "utf8");
    expect(text).toMatch(from);
    writeFileSync(join(folder, name), text.replace(from, to));
    return checkProvisioning(folder);
  }

  test("a password that is written down is told of", () => {
    expect(changed("datasources/canhdong.yaml", "Token $CANHDONG_INFLUX_READ_TOKEN", "Token s3cret")).toEqual(
      [
        "datasources/canhdong.yaml: datasources.0.secureJsonData.httpHeaderValue1: must come from the environment",
      ],
    );
  });

  test("another data source, home board or receiver than there is is told of", () => {
    expect(changed("datasources/canhdong.yaml", "uid: canhdong-influxdb", "uid: other")).toEqual([
      expect.stringContaining("no data source has the uid canhdong-influxdb"),
    ]);
    expect(changed("grafana.env", "canhdong-province.json", "home.json")).toEqual([
      "grafana.env: the home board /var/lib/grafana/dashboards/home.json is none of the boards",
    ]);
    expect(changed("alerting/contact-points.yaml", "receiver: canhdong-duty", "receiver: nobody")).toEqual([
      "alerting/contact-points.yaml: no contact point is called nobody",
    ]);
  });

  test("alert rules keep Grafana's own dollar signs, and differ from what is built only until it is told", () => {
    const rules = readFileSync(join(provisioningFolder, "alerting/rules.yaml"), "utf8");
    expect(rules).toContain("WHERE $$timeFilter");
    expect(rules).not.toMatch(/[^$]\$timeFilter/);
    expect(changed("alerting/rules.yaml", "canhdong-dead-man", "dead-man")).toEqual([
      "alerting/rules.yaml: differs from what is built; canhdong grafana build writes it",
    ]);
  });
});
