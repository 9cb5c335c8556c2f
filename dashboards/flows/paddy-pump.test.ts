import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDevice, connectNode } from "../../app/testing/field-node.ts";
import {
  createPlatform,
  type Machine,
  type PlatformWithService,
  startMachine,
} from "../../app/testing/platform-with-service.ts";
import type { TestServer } from "../../app/testing/server-process.ts";
import { createFlowsFolder, isInstalled, type NodeRedProcess } from "./testing/node-red-process.ts";
import { example, withEar } from "./testing/with-ears.ts";

const patience = { timeout: 60_000 };

/** Real platform, real broker, real Node-RED, the flow as it is shipped; one story, in order. */
describe.skipIf(!isInstalled)("a pump that follows the depth of a paddy", () => {
  const folder = createFlowsFolder();
  let platform: PlatformWithService;
  let server: TestServer;
  let nodeRed: NodeRedProcess;
  let pump: Machine;
  let tubeSecret: string;

  beforeAll(async () => {
    platform = await createPlatform();
    server = await platform.start();
    tubeSecret = await addDevice(server, { id: "ong-1", intervalMs: 600_000 });
    pump = await startMachine(server, "bom-1");
    await platform.addService({
      publish: ["canhdong/v1/bom-1/command", "canhdong/v1/services/messages/hoa"],
      subscribe: [
        "canhdong/v1/ong-1/telemetry",
        "canhdong/v1/bom-1/command",
        "canhdong/v1/bom-1/command/ack",
      ],
    });
    nodeRed = startFlow();
  });
  afterAll(async () => {
    await pump?.end();
    await folder.remove();
    await platform?.installation.remove();
  });

  function startFlow(): NodeRedProcess {
    const refused = { at: "paddy-run", output: 1, name: "refused", told: "payload.because" };
    const answered = { at: "paddy-run", output: 2, name: "answered", told: "payload.state" };
    const flow = withEar(withEar(example("paddy-pump"), refused), answered);
    const places = { PADDY_DEVICE: "ong-1", PADDY_PUMP: "bom-1", PADDY_FARMER: "hoa" };
    return folder.start({ ...platform.env(), ...places, FLOWS_FILES: folder.write("paddy", flow) });
  }

  async function measure(level: number): Promise<void> {
    const tube = await connectNode(server, "ong-1", tubeSecret);
    await tube.send({ values: { "water.level": level } });
    await tube.end();
  }

  const timesRefused = (because: string) => nodeRed.printed().split(`[debug:refused] ${because}`).length - 1;

  test("a published reading leads to a command at the pump, with an end of its own", async () => {
    await measure(-0.2);
    await expect.poll(() => pump.told.length, patience).toBe(1);
    expect(pump.told[0]).toMatchObject({ name: "irrigate", args: { minutes: 20 } });
    expect(pump.told[0]).toHaveProperty("expiresAt");
  });

  test("what the pump answers comes back into the flow", async () => {
    await pump.answer(pump.told[0]!.id, "accepted");
    await nodeRed.says("[debug:answered] accepted");
  });

  test("while it runs and rests, no reading starts it again", async () => {
    await measure(-0.25);
    await nodeRed.says("[debug:refused] resting");
    expect(pump.told).toHaveLength(1);
  });

  test("Node-RED that was killed still knows what has run", async () => {
    await nodeRed.kill();
    nodeRed = startFlow();
    await nodeRed.says("[debug:refused] resting");
    expect(pump.told).toHaveLength(1);
  });

  test("a platform that was killed and came back is heard again", async () => {
    await server.kill();
    server = await platform.start();
    const before = timesRefused("resting");
    await measure(-0.26);
    await expect.poll(() => timesRefused("resting"), patience).toBeGreaterThan(before);
    expect(pump.told).toHaveLength(1);
  });

  test("an order by hand counts also when Node-RED was away at that moment", async () => {
    await nodeRed.stop();
    const byHand = { method: "POST", body: JSON.stringify({ name: "irrigate", args: { minutes: 5 } }) };
    await server.api("/devices/bom-1/commands", byHand);
    await expect.poll(() => pump.told.length, patience).toBe(2);
    nodeRed = startFlow();
    await nodeRed.says("Started flows");
    // Order and reading come on two lines: measured again until the order has come, too.
    const tube = await connectNode(server, "ong-1", tubeSecret);
    let level = -0.27;
    const refused = async () => {
      level -= 0.001;
      await tube.send({ values: { "water.level": level } });
      return timesRefused("by-hand");
    };
    await expect.poll(refused, { ...patience, interval: 500 }).toBeGreaterThan(0);
    await tube.end();
    expect(pump.told).toHaveLength(2);
  });
});
