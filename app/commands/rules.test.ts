import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openArming } from "../../ingest/alerts/index.ts";
import { readRuleFiles, rulesTextOf } from "../../ingest/rules/index.ts";
import { openDataFolder } from "../data-folder/open-data-folder.ts";
import { announceServer } from "../data-folder/running-server.ts";
import { type FarmServer, localToken, openFarmServer } from "../http/testing/farm-server.ts";
import { runCommandLine } from "./run-command-line.ts";

const hour = 3_600_000;

let farm: FarmServer;
let folder: string;
let config: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "canhdong-rules-"));
  const ours = readRuleFiles([rulesTextOf("rice")], null);
  const arming = openArming(join(folder, "watch.db"), ours);
  farm = await openFarmServer({
    rules: ours,
    arming: { ...arming, say: (word) => arming.say(word, farm.time.nowMs) },
  });
  config = join(folder, "canhdong.yaml");
  writeFileSync(config, `data: ${join(folder, "data")}\n`);
  const { server } = openDataFolder(join(folder, "data"));
  announceServer(server, { pid: process.pid, url: farm.url, token: localToken, mqttPort: 0 });
  // Dry for three hours at noon of each of two days.
  const fromMs = farm.time.nowMs - 48 * hour;
  await farm.measure(
    ...Array.from({ length: 48 }, (_, n) => {
      const value = n % 24 < 3 ? 20 : 40;
      return { device: "soil-1", quantity: "soil.moisture", value, atMs: fromMs + n * hour };
    }),
  );
}, 60_000);
afterAll(async () => {
  await farm.close();
  rmSync(folder, { recursive: true });
});

async function rules(...words: readonly string[]) {
  const told = { out: "", err: "" };
  const code = await runCommandLine(["--config", config, "rules", ...words], {
    out(text) {
      told.out += text;
    },
    err(text) {
      told.err += text;
    },
    env: {},
    isTerminal: false,
    now: () => farm.time.nowMs,
  });
  return { code, ...told };
}

const dry = `rules:
  - kind: threshold
    name: dry
    severity: warning
    quantity: soil.moisture
    below: 25
    title: { vi: Khô, en: Dry }
    advice: { vi: Tưới, en: Irrigate }
`;

test("packs are listed with how many of their rules are armed", async () => {
  const { out } = await rules("list");
  expect(out).toMatch(/^rice +7 +1 +Lúa nước$/m);
  expect(out).toMatch(/^clean-water +0 +2 +Nước sạch nông thôn$/m);
});

test("the rules of a pack are shown, also those that are not armed", async () => {
  const { out } = await rules("show", "rice", "--language", "en");
  expect(out).toMatch(/^rice\.intake-salt +threshold +critical +water\.ec +yes +/m);
  expect(out).toMatch(/^rice\.flowering-water +threshold +warning +water\.level +no +/m);
});

test("a file is checked beside packs, and its mistakes are told with their lines", async () => {
  const file = join(folder, "mine.yaml");
  writeFileSync(file, dry);
  expect((await rules("check", file, "rice")).out).toBe("8 rules, and 1 that are not armed. All is well.\n");
  writeFileSync(file, dry.replace("25", "-3"));
  expect(await rules("check", file)).toMatchObject({
    code: 1,
    err: expect.stringMatching(/mine\.yaml:6 {2}rules\.0\.below: -3 lies outside what is believed/),
  });
  expect(await rules("check", "wheat")).toMatchObject({ code: 1, err: expect.stringContaining("rice") });
});

test("a file is tested with what was measured, and drawn", async () => {
  const file = join(folder, "dry.yaml");
  writeFileSync(file, dry);
  const svg = join(folder, "dry.svg");
  const { code, out } = await rules("test", file, "--from", "3d", "--svg", svg, "--language", "en");
  expect(code).toBe(0);
  expect(out).toMatch(/^dry +yes +2 +0 +0$/m);
  expect(out).toContain("48 readings of 1 devices: would have fired 2 times.");
  expect(readFileSync(svg, "utf8")).toMatch(/^<svg.*class="episode"/s);
});

test("a pack is tested by its name; what did not fire is not drawn", async () => {
  const { code, out, err } = await rules("test", "freshwater-fish", "--svg", join(folder, "fish.svg"));
  expect(out).toContain("lẽ ra không báo lần nào");
  expect([code, err]).toEqual([1, expect.stringContaining("nothing to draw")]);
});

test("a rule is armed and disarmed by name, and its history says who did it and why", async () => {
  expect(await rules("arm", "rice.flowering-water")).toMatchObject({
    code: 1,
    err: expect.stringContaining("is not confirmed: say why it holds here"),
  });
  const because = ["--reason", "measured at the station"];
  expect((await rules("arm", "rice.flowering-water", ...because)).out).toBe(
    "rice.flowering-water is armed, against the configuration.\n",
  );
  expect((await rules("disarm", "rice.flowering-water")).out).toBe("rice.flowering-water is not armed.\n");
  expect((await rules("as-configured", "rice.flowering-water")).out).toBe(
    "rice.flowering-water is not armed, as the configuration says.\n",
  );
  const { out } = await rules("history", "rice.flowering-water");
  expect(out).toMatch(
    / armed +local +measured at the station\n.* disarmed +local.*\n.* as configured +local/,
  );
  expect(await rules("disarm", "frost")).toMatchObject({ code: 1, err: expect.stringContaining("frost") });
});
