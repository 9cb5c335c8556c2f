import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Panel } from "@grafana/grafana-foundation-sdk/dashboard";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { quantities } from "../../devices/index.ts";
import { openInfluxStore } from "../../ingest/stores/influxdb/open-influx-store.ts";
import { influxSettings } from "../../ingest/stores/influxdb/settings.ts";
import { hasInfluxd, type Influxd, startInfluxd } from "../../ingest/stores/influxdb/testing/influxd.ts";
import { alertRules } from "./alert-rules.ts";
import { buildBoards } from "./build-boards.ts";
import {
  type Ask,
  askAt,
  choose,
  panelsOf,
  quantitiesAsked,
  queryOf,
  type Series,
  targetOf,
} from "./testing/ask-board.ts";
import { applyMacros } from "./testing/grafana-macros.ts";
import type { Option } from "./testing/grafana-variables.ts";
import { endMs, farmDevices, seedFarm, whereaboutsIn } from "./testing/seeded-farm.ts";

const boards = buildBoards().map(({ board }) => board);
const range = { fromMs: endMs - 2 * 86_400_000, toMs: endMs };

describe.skipIf(!hasInfluxd)("boards on a real InfluxDB", { timeout: 300_000 }, () => {
  let server: Influxd;
  let ask: Ask;
  beforeAll(async () => {
    server = await startInfluxd();
    await server.administer('CREATE DATABASE "farm"');
    const settings = influxSettings.parse({ url: server.url, api: "v1", database: "farm" });
    const folder = await mkdtemp(join(tmpdir(), "canhdong-boards-"));
    const store = await openInfluxStore({
      settings,
      bookFile: join(folder, "influx.db"),
      quantities,
      retentionDaysOf: () => null,
      whereabouts: whereaboutsIn(farmDevices),
      log: { warn: (details) => expect.unreachable(JSON.stringify(details)) },
      now: () => endMs,
    });
    await seedFarm({ settings, store, asked: quantitiesAsked(boards) });
    await rm(folder, { recursive: true });
    ask = askAt(server.url, "farm");
  }, 300_000);
  afterAll(() => server?.remove());

  describe.each(boards.map((board) => [board.uid!, board] as const))("%s", (_, board) => {
    test("offers something for each variable, under the names that people gave", async () => {
      const { offered } = await choose(board, ask, range);
      for (const [name, options] of Object.entries(offered)) expect(options, name).not.toEqual([]);
      expect(offered.province?.map(({ text }) => text)).toContain("Thành phố Cần Thơ");
    });

    test.each(panelsOf(board).map((panel) => [panel.title!, panel] as const))(
      "%s: has what it shows, whatever is chosen",
      async (_, panel) => {
        for (const wanted of [everything, firstTwo, onlyFirst]) {
          const { chosen } = await choose(board, ask, range, wanted);
          const found = await ask(queryOf(panel, chosen, range));
          expect(
            found.flatMap(({ rows }) => rows),
            queryOf(panel, chosen, range),
          ).not.toEqual([]);
          for (const series of found) expectShape(panel, series);
        }
      },
    );
  });

  test("devices of what was not chosen are not shown", async () => {
    const pond = boards.find(({ uid }) => uid === "canhdong-pond")!;
    const odd = ({ text }: Option) => text.startsWith('Xã "Ea Kao"');
    const { chosen, offered } = await choose(pond, ask, range, (name, options) =>
      name === "commune" ? options.filter(odd) : options,
    );
    expect(offered.device!.map(({ value }) => value)).toEqual(["node-24175.pond"]);
    expect(offered.device![0]!.text).toBe('Đầu dò "pond"/3');
    const found = await ask(queryOf(panelsOf(pond)[0]!, chosen, range));
    expect(found.map(({ tags }) => tags.device)).toEqual(["node-24175.pond"]);
  });

  test("a board about ponds shows the ponds of all communes, and nothing else", async () => {
    const pond = boards.find(({ uid }) => uid === "canhdong-pond")!;
    const { chosen } = await choose(pond, ask, range);
    const found = await ask(queryOf(panelsOf(pond)[0]!, chosen, range));
    const ponds = farmDevices.filter(({ place }) => place?.kind === "pond").map(({ id }) => id);
    expect(found.map(({ tags }) => tags.device).toSorted()).toEqual(ponds.toSorted());
  });

  test("a device without a place is found where devices are looked after", async () => {
    const health = boards.find(({ uid }) => uid === "canhdong-health")!;
    const { chosen } = await choose(health, ask, range);
    const table = panelsOf(health).find(({ type }) => type === "table")!;
    const found = await ask(queryOf(table, chosen, range));
    expect(found.map(({ tags }) => tags.device)).toContain("node-unplaced");
  });

  test.each(alertRules.map((rule) => [rule.uid, rule] as const))(
    "%s: has an answer to judge",
    async (_, { query, overSeconds, above }) => {
      const found = await ask(
        applyMacros(query, { fromMs: endMs - overSeconds * 1000, toMs: endMs }, 60_000),
      );
      const values = found.flatMap(({ rows }) => rows.map(([, value]) => value as number));
      expect(values.length).toBeGreaterThan(0);
      // A third of each commune's devices is silent; everything else is well.
      expect(values.every((value) => value > above)).toBe(query.includes("commune_choice"));
    },
  );

  test("when nobody writes, the dead man's switch has no answer", async () => {
    const [deadMan] = alertRules;
    const range = { fromMs: endMs + 1, toMs: endMs + deadMan!.overSeconds * 1000 };
    expect(await ask(applyMacros(deadMan!.query, range, 60_000))).toEqual([]);
    expect(deadMan!.whenNothing).toBe("Alerting");
  });

  test("sums are of what there is", async () => {
    const province = boards.find(({ uid }) => uid === "canhdong-province")!;
    const { chosen } = await choose(province, ask, range);
    const numbers = await Promise.all(
      panelsOf(province)
        .slice(0, 4)
        .map(async (panel) => (await ask(queryOf(panel, chosen, range)))[0]!.rows[0]![1]),
    );
    // Of ten devices the three in sheds and the one without a place are silent; every device told of oxygen that ran out.
    expect(numbers).toEqual([10, 6, 4, 10]);
  });
});

const everything = (_: string, options: readonly Option[]) => options;
const firstTwo = (_: string, options: readonly Option[]) => options.slice(0, 2);
/** Of those that stand somewhere: of a node in a drawer there is little to show. */
const onlyFirst = (_: string, options: readonly Option[]) =>
  options.filter(({ value }) => value !== "none" && value !== "node-unplaced").slice(0, 1);

/** What the panel draws with is in the answer. */
function expectShape(panel: Panel, { columns, tags }: Series): void {
  const { resultFormat, alias = "" } = targetOf(panel);
  const named = [...alias.matchAll(/\$tag_(\w+)/g)].map(([, tag]) => tag!);
  expect(Object.keys(tags)).toEqual(expect.arrayContaining(named));
  if (resultFormat === "time_series") {
    expect(columns).toHaveLength(2);
    return;
  }
  const drawn = panel.fieldConfig!.overrides.map(({ matcher }) => matcher.options as string);
  expect([...columns, ...Object.keys(tags)]).toEqual(expect.arrayContaining(drawn));
}
