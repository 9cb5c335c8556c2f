/** `sim` and `replay` against the real program, in a process of its own. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Command } from "commander";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDoor } from "../../broker/testing/open-door.ts";
import { probesOf } from "../../firmware-sim/node/probes.ts";
import { freePort } from "../../testing/free-port.ts";
import { type CommandContext, UserError } from "../commands/context.ts";
import { registerReplay } from "../commands/replay.ts";
import { registerSim } from "../commands/sim.ts";
import { readSettings } from "../settings/read-settings.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";

const mappings = resolve(import.meta.dirname, "mappings");
const data = resolve(import.meta.dirname, "../../../shared/data");
const installation = createTestInstallation();
let server: TestServer;
beforeAll(async () => {
  server = await installation.start();
});
afterAll(() => installation.remove());

async function run(...words: string[]): Promise<{ out: string; err: string }> {
  const program = new Command("canhdong").exitOverride();
  const printed = { out: "", err: "" };
  const context: CommandContext = {
    out(text) {
      printed.out += text;
    },
    err(text) {
      printed.err += text;
    },
    env: {},
    isTerminal: false,
    now: Date.now,
    settings: () => readSettings(installation.configFile),
  };
  registerSim(program, context);
  registerReplay(program, context);
  await program.parseAsync(words, { from: "user" });
  return printed;
}

function written(name: string, text: string): string {
  const file = join(installation.folder, name);
  writeFileSync(file, text);
  return file;
}

/** The cells of one line of the account. */
function accountOf(out: string, device: string): string[] {
  return out
    .split("\n")
    .find((line) => line.startsWith(`${device} `))!
    .split(/ {2,}/);
}

async function readingsOf(device: string, fromMs: number, toMs: number) {
  const query = `fromMs=${fromMs}&toMs=${toMs}&limit=10000`;
  const { readings } = await server.api<{
    readings: { quantity: string; measuredAtMs: number; value: number }[];
  }>(`/devices/${device}/readings?${query}`);
  return readings.map(({ quantity, measuredAtMs, value }) => [quantity, measuredAtMs, value]);
}

const mapping = `
time: { columns: [t], format: iso, zone: "+07:00" }
intervalS: 3600
devices: [{ id: pond-9, values: { water.ph: ph, water.ec: { column: ec, unit: mS/cm }, water.temperature: temp } }]
`;
const csv = `t,ph,ec,temp
2026-01-01 00:00,7.1,45.97,28.5
2026-01-01 01:00,NA,1.2,850
2026-01-01 01:00,NA,1.2,-999
2026-01-01 02:00,abc,-5,27
2012-01-01 02:00,7,1,27
`;

test("what is in a file is stored or in quarantine with the reason, and a second time nothing is doubled", async () => {
  const files = [written("pond.csv", csv), "--mapping", written("pond.yaml", mapping)];
  const quarantine = { implausible: 2, sentinel: 1, "not-a-number": 1, "clock-implausible": 3 };
  for (const _ of ["first", "again"]) {
    const { out } = await run("replay", ...files);
    const [, inFile, sent, acknowledged, stored, quarantined, why = ""] = accountOf(out, "pond-9");
    expect([inFile, sent, acknowledged, stored, quarantined]).toEqual(["13", "13", "13", "5", "7"]);
    const reasons = why.split(", ").map((each) => each.split(" ") as [string, string]);
    expect(Object.fromEntries(reasons.map(([reason, count]) => [reason, Number(count)]))).toEqual(quarantine);
  }
  const { byReason } = await server.api<{ byReason: object }>("/quarantine?device=pond-9");
  expect(byReason).toEqual({ ...quarantine, "clock-implausible": 6 });
  const fromMs = Date.parse("2026-01-01T00:00:00+07:00");
  const found = await readingsOf("pond-9", fromMs, fromMs + 86_400_000);
  // The server reckons it from the conductivity.
  expect(found.filter(([quantity]) => quantity !== "water.salinity")).toEqual([
    ["water.ec", fromMs, 45970],
    ["water.ec", fromMs + 3_600_000, 1200],
    ["water.ph", fromMs, 7.1],
    ["water.temperature", fromMs, 28.5],
    ["water.temperature", fromMs + 7_200_000, 27],
  ]);
});

test.skipIf(!existsSync(data))(
  "every reading of the Sydney probes is stored as it was measured",
  async () => {
    const file = join(data, "soil_simpact_sydney/vwc_hourly_13sensors.csv");
    const { out } = await run("replay", file, "--mapping", join(mappings, "simpact-sydney.yaml"));
    expect(accountOf(out, "all").slice(1, 6)).toEqual(["19864", "19864", "19864", "19864", "0"]);
    expect(out).toContain("Every reading sent is stored or in quarantine.");
    const lines = readFileSync(file, "utf8").trim().split(/\r?\n/);
    const column = lines[0]!.split(",").indexOf("SENS0021");
    const expected = lines.slice(1).map((line) => {
      const cells = line.split(",");
      return [
        "soil.moisture",
        Date.parse(`${cells[0]}T00:00:00Z`) + Number(cells[1]) * 3_600_000,
        Number(cells[column]),
      ];
    });
    expect(await readingsOf("simpact-0021", expected[0]![1] as number, Date.now())).toEqual(expected);
  },
);

test.skipIf(!existsSync(data))(
  "a brackish summer with gaps and flags is accounted for to the last value",
  async () => {
    const file = join(data, "water_nerr_swmp/gndblwq2021.csv.gz");
    const { out } = await run("replay", file, "--mapping", join(mappings, "nerr-gndblwq.yaml"));
    expect(accountOf(out, "nerr-gndblwq").slice(1, 6)).toEqual(["42664", "42664", "42664", "42664", "0"]);
  },
);

test("a dry run tells what is there and touches nothing", async () => {
  const files = [
    written("dry.csv", csv.replaceAll("-999", "1")),
    "--mapping",
    written("dry.yaml", mapping.replace("pond-9", "dry-1")),
  ];
  const { out } = await run("replay", ...files, "--dry-run");
  expect(out).toMatch(
    /^5 rows, 1 devices, 13 readings; 2011-12-31T19:00:00\.000Z to 2025-12-31T19:00:00\.000Z\n$/,
  );
  const { devices } = await server.api<{ devices: { id: string }[] }>("/devices");
  expect(devices.map(({ id }) => id)).not.toContain("dry-1");
});

test("a slow replay keeps the time between the measurements", async () => {
  const door = await openDoor();
  const credentials = written("credentials.csv", "pond-9,secret of pond-9\n");
  const text = "t,ph,ec,temp\n2026-01-01 00:00,7,1,28\n2026-01-01 01:00,7,1,28\n";
  const { out } = await run(
    ...["replay", written("slow.csv", text), "--mapping", written("slow.yaml", mapping), "--speed", "7200"],
    ...["--broker", `127.0.0.1:${door.broker.mqttPort}`, "--credentials", credentials],
  );
  expect(out).toContain("what it stored is not known here");
  const [first, second] = door.uplinks;
  expect(door.uplinks.length).toBe(2);
  expect(second!.receivedAtMs - first!.receivedAtMs).toBeGreaterThanOrEqual(250);
});

test("a fleet that nobody hears says so in the end", async () => {
  const nobody = `127.0.0.1:${await freePort()}`;
  const words = ["sim", "--devices", "2", "--interval", "1", "--for", "3s", "--broker", nobody];
  await expect(run(...words)).rejects.toThrow(`Nobody at ${nobody} acknowledged anything.`);
});

test("wrong files are told before anything is sent", async () => {
  await expect(run("replay", "nowhere.csv", "--mapping", written("m.yaml", mapping))).rejects.toThrow(
    UserError,
  );
  await expect(
    run("replay", written("x.csv", "a,b\n1,2\n"), "--mapping", written("m.yaml", mapping)),
  ).rejects.toThrow(/is not what the mapping says/);
});

test("a simulated day of a fleet is registered, lived through in haste, and stored to the last reading", async () => {
  const { out } = await run(
    ...["sim", "--devices", "12", "--interval", "600", "--speed", "100000", "--until-live", "--outages", "0"],
  );
  const line = (name: string) =>
    out
      .split("\n")
      .find((each) => each.startsWith(name))!
      .split(/ {2,}/)[1]!;
  const acknowledged = Number.parseInt(line("acknowledged"), 10);
  expect(acknowledged).toBeGreaterThanOrEqual(12 * 143 * 6);
  expect(line("not acknowledged")).toBe("0 (0 sent, 0 in the nodes' flash)");
  const nowMs = Date.now();
  // What the server reckons from it is stored, too, and is not counted here.
  const probes = (["soil", "pond", "shed"] as const).flatMap((kind) => probesOf[kind]);
  const measured = new Set([...probes.map(({ quantity }) => quantity), "power.battery"]);
  const stored = async () => {
    // A node's quartz may be some seconds ahead of ours.
    const span = `fromMs=${nowMs - 2 * 86_400_000}&toMs=${nowMs + 60_000}`;
    let sum = 0;
    for (const quantity of measured) {
      const { devices } = await server.api<{ devices: { device: string; readings: number }[] }>(
        `/completeness?${span}&quantity=${quantity}`,
      );
      for (const { device, readings } of devices) if (device.startsWith("sim-")) sum += readings;
    }
    return sum;
  };
  while ((await stored()) < acknowledged) await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(await stored()).toBe(acknowledged);
});

test("nodes that nobody knows are refused, and the command says so", async () => {
  const door = await openDoor();
  const credentials = written("wrong.csv", "sim-pond-1,wrong\nsim-shed-2,wrong\n");
  const sim = run(
    ...["sim", "--broker", `127.0.0.1:${door.broker.mqttPort}`, "--credentials", credentials, "--for", "1s"],
  );
  await expect(sim).rejects.toThrow(/No node was let in; .*unknown device or wrong secret/);
});
