/** What leaves on the wire, and when: looked at by a proxy that writes down every packet between us and a real Mosquitto. */
import type { IPublishPacket } from "mqtt-packet";
import { describe, expect, test, vi } from "vitest";
import { recordingSink } from "../testing/recording-sink.ts";
import { hasMosquitto, startMosquitto } from "./testing/mosquitto.ts";
import { connected, openTestIntake } from "./testing/open-test-intake.ts";
import { tapWire, type WireTap } from "./testing/wire-tap.ts";

const mqtts = ["5", "3.1.1"] as const;
const level = { "5": 5, "3.1.1": 4 } as const;

const sent = (wire: WireTap, cmd: string) =>
  wire.packets
    .filter(({ from, packet }) => from === "us" && packet.cmd === cmd)
    .map(({ packet }) => packet.messageId);
const deliveries = (wire: WireTap) =>
  wire.packets.filter(({ packet }) => packet.cmd === "publish").map(({ packet }) => packet as IPublishPacket);
const untilSent = (wire: WireTap, cmd: string, count: number) =>
  vi.waitFor(() => expect(sent(wire, cmd)).toHaveLength(count), { timeout: 45_000, interval: 10 });

describe.skipIf(!hasMosquitto).each(mqtts)("over MQTT %s", (version) => {
  async function stage({ config = [] as string[] } = {}) {
    const broker = await startMosquitto({ config });
    const wire = await tapWire(broker.port, level[version]);
    const publisher = await broker.client();
    const sink = recordingSink();
    const begin = () => openTestIntake({ url: wire.url, mqtt: version }, sink).intake;
    const open = () => connected(begin());
    const publish = (payload: string, qos: 0 | 1 | 2 = 1, retain = false) =>
      publisher.publishAsync("farm/a", payload, { qos, retain });
    return { broker, wire, sink, begin, open, publish };
  }

  test("nothing is acknowledged before the sink has it, and what it has out of turn waits for its turn", async () => {
    const { wire, sink, open, publish } = await stage();
    await open();
    sink.answers = "later";
    for (const payload of ["one", "two", "three", "four"]) await publish(payload);
    await sink.untilHanded(4);
    sink.answer("yes", 2);
    sink.answer("yes", 1);
    expect(sink.accepted).toEqual(["three", "two"]);
    // A whole round trip through the same connection: whatever was written before has passed the proxy by then.
    await publish("five", 0);
    await sink.untilHanded(5);
    expect(sent(wire, "puback")).toEqual([]);
    sink.answer("yes", 0);
    await untilSent(wire, "puback", 3);
    const ids = deliveries(wire).flatMap(({ messageId, qos }) => (qos === 1 ? [messageId] : []));
    expect(sent(wire, "puback")).toEqual(ids.slice(0, 3));
    sink.answer("yes");
    await untilSent(wire, "puback", 4);
    expect(sent(wire, "puback")).toEqual(ids);
  });

  test("what was published at QoS 2 comes at QoS 1, so that there is one acknowledgement to hold back", async () => {
    const { wire, sink, open, publish } = await stage();
    await open();
    await publish("exactly once", 2);
    await sink.untilAccepted(["exactly once"]);
    expect(deliveries(wire).map(({ qos }) => qos)).toEqual([1]);
    await untilSent(wire, "puback", 1);
    expect(sent(wire, "pubrec")).toEqual([]);
  });

  test("an older session's QoS 2 is received only when the sink has it, and comes again until then", async () => {
    const { broker, wire, sink, begin, publish } = await stage();
    const older = await broker.client({
      clientId: "canhdong-test",
      clean: false,
      protocolVersion: level[version],
      ...(version === "5" && { properties: { sessionExpiryInterval: 3600 } }),
    });
    await older.subscribeAsync("farm/#", { qos: 2 });
    await older.endAsync();
    await publish("from before", 2);
    sink.answers = "later";
    const intake = begin();
    await sink.untilHanded(1);
    expect(deliveries(wire).map(({ qos }) => qos)).toEqual([2]);
    expect(sent(wire, "pubrec")).toEqual([]);
    sink.answer("no");
    await sink.untilHanded(2);
    sink.answer("yes");
    await untilSent(wire, "pubcomp", 1);
    expect(sent(wire, "pubrec")).toHaveLength(1);
    expect(sink.accepted).toEqual(["from before"]);
    expect(intake.usage()).toMatchObject({ accepted: 1, refused: 1, unacknowledged: 0 });
  });

  test("a retained message is no news; what is published retained while we listen is", async () => {
    const { wire, sink, open, publish } = await stage();
    await publish("said last week", 1, true);
    const intake = await open();
    await publish("said now", 1, true);
    await sink.untilAccepted(["said now"]);
    expect(sink.handed).toEqual(["said now"]);
    // MQTT 5 lets us ask that they are not sent; of 3.1.1 they come marked, and are acknowledged like everything else.
    const old = version === "5" ? 0 : 1;
    expect(intake.usage().retained).toBe(old);
    await untilSent(wire, "puback", 1 + old);
  });

  test("a message that no record can hold is acknowledged, counted and named, and holds up nobody", async () => {
    const { wire, open, sink, publish } = await stage();
    const accept = sink.accept.bind(sink);
    sink.accept = (uplink, accepted) =>
      uplink.payload.length > 1000
        ? accepted(Object.assign(new Error("3000 bytes, at most 1000 fit"), { code: "EMSGSIZE" }))
        : accept(uplink, accepted);
    const intake = await open();
    await publish("x".repeat(3000));
    await publish("small");
    await sink.untilAccepted(["small"]);
    await untilSent(wire, "puback", 2);
    expect(intake.usage()).toMatchObject({ tooLarge: 1, accepted: 1, reconnects: 0, trouble: null });
  });
});

test.skipIf(!hasMosquitto)(
  "the beginning that a bridge puts before topics is cut off, where it is there",
  async () => {
    const broker = await startMosquitto();
    const sink = recordingSink();
    await connected(
      openTestIntake({ url: broker.url, filters: ["site-1/#", "tele/#"], stripPrefix: "site-1/" }, sink)
        .intake,
    );
    const publisher = await broker.client();
    await publisher.publishAsync("site-1/application/7/device/a84041000181c061/event/up", "{}", { qos: 1 });
    await publisher.publishAsync("tele/pump/SENSOR", "{}", { qos: 1 });
    await sink.untilHanded(2);
    expect(sink.uplinks.map(({ topic }) => topic)).toEqual([
      "application/7/device/a84041000181c061/event/up",
      "tele/pump/SENSOR",
    ]);
  },
);
