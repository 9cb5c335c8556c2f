/** LoRaWAN nodes of `canhdong sim` against the real program, in processes of their own. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { freePort } from "../../testing/free-port.ts";
import { createTestInstallation, type TestInstallation, type TestServer } from "../testing/server-process.ts";
import { settled } from "../testing/settled.ts";

let installation: TestInstallation;
let server: TestServer;
beforeAll(async () => {
  const [mqttPort, port] = [await freePort(), await freePort()];
  installation = createTestInstallation({ broker: { mqttPort }, http: { port } });
  server = await installation.start();
}, 120_000);
afterAll(() => installation.remove());

interface Link {
  readonly gateway: string;
  readonly lastDay: { readonly received: number; readonly lost: number; readonly duplicates: number };
}
interface Latest {
  readonly latest: readonly {
    readonly quantity: string;
    readonly value: number;
    readonly measuredAtMs: number;
  }[];
}

const sim = (...words: string[]) => installation.run("sim", "--outages", "0", "--lorawan", "1", ...words);

/** The numbers of a line of the report. */
function told(out: string, name: string): number[] {
  const line = out.split("\n").find((each) => each.startsWith(name));
  if (line === undefined) throw new Error(`no line ${name} in:\n${out}`);
  return (line.match(/\d+/g) ?? []).map(Number);
}

/** Frames of all simulated nodes that the server knows of, each once. */
async function framesKnown(): Promise<number> {
  const { devices } = await server.api<{ devices: { id: string }[] }>("/devices");
  let sum = 0;
  for (const { id } of devices) {
    const link = await server.api<Link>(`/devices/${id}/link`).catch(() => null);
    sum += link?.lastDay.received ?? 0;
  }
  return sum;
}

const heardByGateways = async () => {
  const { gateways } = await server.api<{ gateways: { lastDay: { uplinks: number } }[] }>("/gateways");
  return gateways.reduce((sum, { lastDay }) => sum + lastDay.uplinks, 0);
};

test("the server is killed while twelve nodes live through half a day: each frame that was heard is there, once", async () => {
  const half = sim(
    ...["--devices", "12", "--interval", "300", "--from", "10h", "--until-live"],
    // Dead for longer than it lived: a node that starts anew then counts past where it was, and no frame looks like an old one.
    ...["--strike", "lightning@1h+3h"],
  );
  await expect.poll(heardByGateways, { timeout: 120_000 }).toBeGreaterThan(100);
  await server.kill();
  server = await installation.start();
  const { out } = await half;
  await settled(server);

  const [sent, lost] = told(out, "frames") as [number, number];
  const [acknowledged] = told(out, "acknowledged") as [number];
  expect(sent).toBeGreaterThan(12 * 110);
  expect(acknowledged).toBe(sent - lost);
  expect(told(out, "not acknowledged")[0]).toBe(0);
  expect(await framesKnown()).toBe(acknowledged);

  const [struck, sentThen, lostThen, acknowledgedThen] = told(out, "  lightning");
  expect(struck).toBeGreaterThan(0);
  expect(sentThen).toBeGreaterThanOrEqual(35 * struck!);
  expect([lostThen, acknowledgedThen]).toEqual([sentThen, 0]);

  const { latest } = await server.api<Latest>("/devices/sim-lse01-0001/latest");
  expect(latest.map(({ quantity }) => quantity)).toEqual(
    expect.arrayContaining(["soil.moisture", "soil.temperature", "soil.ec", "radio.rssi"]),
  );
  const { gateway } = await server.api<Link>("/devices/sim-lse01-0001/link");
  const { gateways } = await server.api<{ gateways: { id: string; registered: boolean; label: string }[] }>(
    "/gateways",
  );
  const its = { registered: true, label: "Trạm thu 1 Xã Phúc Trạch (mô phỏng)" };
  expect(gateways.find(({ id }) => id === gateway)).toMatchObject(its);
  const { total } = await server.api<{ total: number }>("/quarantine?limit=1");
  expect(total).toBe(0);
}, 300_000);

test("a valve behind a gateway opens when the platform says so", async () => {
  // Simulated time is real time here: a command is for now.
  // With this seed the gateway hears the valve well: it may send every six seconds, and not every three minutes.
  const running = sim("--seed", "3", "--devices", "4", "--interval", "7", "--for", "75s");
  const shownSince = async (sinceMs: number) => {
    const { latest } = await server
      .api<Latest>("/devices/sim-uc511-0002/latest")
      .catch(() => ({ latest: [] }));
    const shown = latest.find(({ quantity }) => quantity === "valve.open");
    return shown !== undefined && shown.measuredAtMs >= sinceMs ? shown.value : null;
  };
  const startedMs = Date.now();
  await expect.poll(() => shownSince(startedMs), { timeout: 60_000 }).toBe(0);
  const command = JSON.stringify({ name: "irrigate", args: { minutes: 20 } });
  await server.api("/devices/sim-uc511-0002/commands", { method: "POST", body: command });
  await expect.poll(() => shownSince(startedMs), { timeout: 60_000 }).toBe(1);
  const { out } = await running;
  expect(told(out, "commands")).toEqual([1, 1]);
}, 180_000);

test("what cannot be is told before anything is registered", async () => {
  const file = `${installation.folder}/none.csv`;
  expect((await sim("--credentials", file)).err).toContain("--lorawan needs nodes of this installation");
  expect((await sim("--strike", "toothache")).err).toContain("kinds are power-cut, network-down");
  const { err } = await installation.run("sim", "--devices", "1", "--strike", "lightning", "--for", "1s");
  expect(err).toContain("there is no gateway; --lorawan puts some up");
});
