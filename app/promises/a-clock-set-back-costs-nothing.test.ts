import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { addDevice, connectNode } from "../testing/field-node.ts";
import { createTestInstallation, type TestServer } from "../testing/server-process.ts";
import { settled } from "../testing/settled.ts";

/**
 * Somebody sets the server's clock two hours back, while it runs and over a restart: what arrives is acknowledged and
 * stored, alerts end and begin as before, and nothing is told twice.
 */

const folder = mkdtempSync(join(tmpdir(), "canhdong-clock-"));
const clock = join(folder, "offset-ms");
const setClock = (offsetMs: number) => writeFileSync(clock, String(offsetMs));
setClock(0);

const installation = createTestInstallation(
  { rules: ["./rules.yaml"], notifiers: { log: { kind: "log" } } },
  {
    CANHDONG_BENT_CLOCK: clock,
    NODE_OPTIONS: `--import=${resolve(import.meta.dirname, "../testing/bent-clock.ts")}`,
  },
);
writeFileSync(
  join(installation.folder, "rules.yaml"),
  `
rules:
  - kind: threshold
    name: wet
    severity: warning
    quantity: soil.moisture
    above: 50
    clear: 40
    title: { vi: "Ướt: {value}", en: "Wet: {value}" }
    advice: { vi: "Tháo nước.", en: "Drain." }
`,
);
afterAll(async () => {
  await installation.remove();
  rmSync(folder, { recursive: true });
});

/** Waits until so much was told of the rule; the test's own time limit ends it. */
async function told(server: TestServer, times: number): Promise<string[]> {
  for (;;) {
    const lines = server
      .printed()
      .split("\n")
      .filter((line) => line.includes('"rule":"wet"'));
    if (lines.length >= times) return lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
    await sleep(50);
  }
}

async function firing(server: TestServer): Promise<string[]> {
  const { alerts } = await server.api<{ alerts: { id: string; state: string }[] }>("/alerts");
  return alerts.filter(({ state }) => state === "firing").map(({ id }) => id);
}

test("a clock set back two hours, then a restart", { timeout: 180_000 }, async () => {
  const server = await installation.start();
  const startedMs = Date.now();
  const secret = await addDevice(server, { id: "ruong-1", intervalMs: 60_000 });
  const node = await connectNode(server, "ruong-1", secret);
  const measures = (value: number) => node.send({ values: { "soil.moisture": value } });
  await measures(30);
  await measures(60);
  expect(await told(server, 1)).toEqual(["[Cảnh báo] Ướt: 60%"]);

  setClock(-7_200_000);
  await measures(31);
  expect((await told(server, 2))[1]).toBe("[Hết cảnh báo] Ướt: 60%");
  expect(await firing(server)).toEqual([]);
  await measures(61);
  expect((await told(server, 3))[2]).toBe("[Cảnh báo] Ướt: 61%");
  const [alert] = await firing(server);
  await node.end();
  expect(await server.stop()).toBe(0);

  const again = await installation.start();
  const later = await connectNode(again, "ruong-1", secret);
  await later.send({ values: { "soil.moisture": 62 } });
  await later.end();
  await settled(again);
  expect(await firing(again)).toEqual([alert]);
  expect(again.printed()).not.toContain('"rule":"wet"');

  const span = `fromMs=${startedMs - 8_000_000}&toMs=${Date.now() + 60_000}&limit=100`;
  const { readings } = await again.api<{ readings: { measuredAtMs: number; value: number }[] }>(
    `/devices/ruong-1/readings?${span}`,
  );
  // In the order of their own times: those after the clock was set back come first.
  expect(readings.map(({ value }) => value)).toEqual([31, 61, 62, 30, 60]);
  expect(await again.stop()).toBe(0);
});
