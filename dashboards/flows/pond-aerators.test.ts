import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addDevice, connectNode } from "../../app/testing/field-node.ts";
import {
  createPlatform,
  type Machine,
  type PlatformWithService,
  startMachine,
} from "../../app/testing/platform-with-service.ts";
import type { TestServer } from "../../app/testing/server-process.ts";
import { type Listener, openListener } from "./testing/listener.ts";
import { createFlowsFolder, isInstalled, type NodeRedProcess } from "./testing/node-red-process.ts";
import { example, withEar } from "./testing/with-ears.ts";

const patience = { timeout: 60_000 };

describe("when the aerators are wanted", () => {
  /** The function of the flow, fed with oxygen at hours of a day in Vietnam. */
  function deciding(): (oxygen: number, hour: number) => boolean {
    const { func } = example("pond-aerators").find(({ id }) => id === "pond-decide") as unknown as {
      func: string;
    };
    const decide = new Function("msg", "context", func) as (msg: object, context: object) => object | null;
    const kept = new Map<string, unknown>();
    const context = {
      get: (key: string) => kept.get(key),
      set: (key: string, value: unknown) => kept.set(key, value),
    };
    return (oxygen, hour) =>
      decide({ payload: oxygen, measuredAtMs: Date.UTC(2026, 10, 21, hour - 7) }, context) !== null;
  }

  test("they begin earlier by night, when nothing in the pond makes oxygen", () => {
    const at = (oxygen: number) => [6, 7, 12, 17, 18, 23].map((hour) => deciding()(oxygen, hour));
    expect(at(4.4)).toEqual([true, false, false, false, true, true]);
    expect(at(3.4)).toEqual([true, true, true, true, true, true]);
  });

  test("once they run they go on until there is enough, then wait until there is too little again", () => {
    const wants = deciding();
    const oxygen = [5, 4.6, 4.4, 4.8, 5.5, 5.6, 5.2, 4.6, 4.4];
    expect(oxygen.map((each) => wants(each, 22))).toEqual([
      false,
      false,
      true,
      true,
      true,
      false,
      false,
      false,
      true,
    ]);
  });
});

/** Real platform, real Node-RED, the flow as it is shipped; one story, in order. */
describe.skipIf(!isInstalled)("aerators that follow the oxygen of a pond", () => {
  const folder = createFlowsFolder();
  let platform: PlatformWithService;
  let server: TestServer;
  let aerators: Machine;
  let sms: Listener;
  let probeSecret: string;
  let nodeRed: NodeRedProcess;

  beforeAll(async () => {
    sms = await openListener();
    platform = await createPlatform({
      notifiers: {
        sms: { kind: "sms-http", url: `${sms.url}/send`, json: { to: "{phone}", text: "{text}" } },
      },
      rules: [],
    });
    server = await platform.start();
    const post = (path: string, body: object) =>
      server.api(path, { method: "POST", body: JSON.stringify(body) });
    await post("/places", { id: "ao-binh", kind: "pond", name: "Ao nhà Bình" });
    await post("/people", {
      id: "binh",
      name: "Bình",
      role: "farmer",
      phone: "0912 345 678",
      places: ["ao-binh"],
    });
    const consent = { purpose: "alerts", medium: "sms", given: true, how: "signed form", textVersion: "1" };
    await post("/people/binh/consents", consent);
    probeSecret = await addDevice(server, { id: "oxy-1", intervalMs: 600_000, place: "ao-binh" });
    aerators = await startMachine(server, "quat-1");
    await platform.addService({
      publish: ["canhdong/v1/quat-1/command", "canhdong/v1/services/messages/binh"],
      subscribe: ["canhdong/v1/oxy-1/telemetry", "canhdong/v1/quat-1/command/#"],
    });
  });
  afterAll(async () => {
    await aerators?.end();
    await folder.remove();
    await platform?.installation.remove();
    sms?.close();
  });

  const places = { POND_DEVICE: "oxy-1", POND_AERATOR: "quat-1", POND_FARMER: "binh" };
  const heard = { at: "pond-oxygen", output: 0, name: "oxygen", told: "payload" };
  const wanted = { at: "pond-decide", output: 0, name: "wanted", told: "payload.args.minutes" };

  async function measure(oxygen: number): Promise<void> {
    const probe = await connectNode(server, "oxy-1", probeSecret);
    await probe.send({ values: { "water.dissolvedOxygen": oxygen } });
    await probe.end();
    await nodeRed.says(`[debug:oxygen] ${oxygen}\n`);
  }

  test("run at low oxygen, and are not wanted again between enough and too little", async () => {
    const refused = { at: "pond-run", output: 1, name: "refused", told: "payload.because" };
    const flow = [heard, wanted, refused].reduce(withEar, example("pond-aerators"));
    nodeRed = folder.start({ ...platform.env(), ...places, FLOWS_FILES: folder.write("pond", flow) });
    await nodeRed.says("Started flows");
    await measure(2.5);
    await expect.poll(() => aerators.told.length, patience).toBe(1);
    expect(aerators.told[0]).toMatchObject({ name: "aerate", args: { minutes: 30 } });
    for (const oxygen of [5.1, 5.9, 5.2, 2.7]) await measure(oxygen);
    await expect.poll(() => nodeRed.printed().split("[debug:wanted] 30").length - 1, patience).toBe(3);
    // They still run: no second order for what is under way.
    expect(aerators.told).toHaveLength(1);
  });

  test("are left alone after an order by hand", async () => {
    const byHand = { method: "POST", body: JSON.stringify({ name: "aerate", args: { minutes: 5 } }) };
    await server.api("/devices/quat-1/commands", byHand);
    await expect.poll(() => aerators.told.length, patience).toBe(2);
    const probe = await connectNode(server, "oxy-1", probeSecret);
    let oxygen = 2.5;
    // Order and reading come on two lines: measured again until the order has come, too.
    const timesLeftAlone = async () => {
      oxygen -= 0.01;
      await probe.send({ values: { "water.dissolvedOxygen": oxygen } });
      return nodeRed.printed().split("[debug:refused] by-hand").length - 1;
    };
    await expect.poll(timesLeftAlone, { ...patience, interval: 500 }).toBeGreaterThan(0);
    await probe.end();
    expect(aerators.told).toHaveLength(2);
    await measure(2.6);
    await nodeRed.stop();
  });

  test("a probe that falls silent is told to the owner, over the platform's own channel", async () => {
    const impatient = example("pond-aerators").map((part) =>
      part.id === "pond-oxygen" ? { ...part, silentMin: "0.02" } : part,
    );
    nodeRed = folder.start({ ...platform.env(), ...places, FLOWS_FILES: folder.write("silent", impatient) });
    await expect.poll(() => sms.taken.length, patience).toBeGreaterThan(0);
    expect(sms.taken[0]?.body.to).toBe("+84912345678");
    const text = sms.taken.map(({ body }) => body.text as string).join("\n");
    expect(text).toMatch(/không có số đo oxy|khong co so do oxy/i);
    await nodeRed.stop();
  });

  test("the latest value is there for the asking, and what the service has no right to is named", async () => {
    const ask = (device: string, id: string) => [
      {
        id: `inject-${id}`,
        type: "inject",
        z: "ask",
        props: [],
        repeat: "1",
        once: true,
        onceDelay: 0.1,
        wires: [[id, "unheard"]],
      },
      {
        id,
        type: "canhdong-latest-value",
        z: "ask",
        device,
        quantity: "water.dissolvedOxygen",
        freshMin: "60",
        wires: [[], []],
      },
    ];
    const unheard = {
      id: "unheard",
      type: "canhdong-command",
      z: "ask",
      device: "quat-9",
      command: "aerate",
      args: '{"minutes": 5}',
      wires: [[], [], []],
    };
    const alerts = { id: "alerts", type: "canhdong-alert-in", z: "ask", wires: [[]] };
    const flow = [
      { id: "ask", type: "tab" },
      ...ask("oxy-1", "own"),
      ...ask("quat-1", "others"),
      alerts,
      unheard,
    ];
    const ears = [
      { at: "own", output: 0, name: "latest", told: "payload" },
      { at: "unheard", output: 1, name: "refused", told: "payload.because" },
    ];
    const eared = ears.reduce(withEar, flow);
    nodeRed = folder.start({ ...platform.env(), FLOWS_FILES: folder.write("ask", eared) });
    await nodeRed.says("[debug:latest] 2.6");
    await nodeRed.says("There is no device quat-1, or you may not see it.");
    await nodeRed.says("[canhdong] the service has no right to hear: canhdong/v1/alerts/+/+");
    await nodeRed.says("[debug:refused] not-heard");
  });
});
