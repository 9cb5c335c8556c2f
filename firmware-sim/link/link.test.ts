/** The link against the real broker, and against Mosquitto where there is one. */

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { UplinkSink } from "../../broker/index.ts";
import { everything, nextMessage, openDoor, secretOf, until } from "../../broker/testing/open-door.ts";
import { freePort } from "../../testing/free-port.ts";
import { keyAt, uniform } from "../chance.ts";
import { Link, type LinkParts } from "./link.ts";
import type { Message, Outbox } from "./outbox.ts";

const topic = "canhdong/v1/node-1/telemetry";

class ListOutbox implements Outbox {
  readonly confirmedPayloads: string[] = [];
  readonly #messages: Message[];
  constructor(count: number) {
    this.#messages = Array.from({ length: count }, (_, i) => ({ topic, payload: String(i) }));
  }
  next(): Message | null {
    return this.#messages.shift() ?? null;
  }
  confirmed({ payload }: Message): void {
    this.confirmedPayloads.push(payload);
  }
}

function linkTo(port: number, outbox: Outbox, changed: Partial<LinkParts> = {}): Link {
  let draws = 0;
  const link = new Link({
    broker: { host: "127.0.0.1", port },
    identity: { id: "node-1", secret: secretOf("node-1"), statusTopic: "canhdong/v1/node-1/status" },
    outbox,
    listensTo: ["canhdong/v1/node-1/command"],
    heard: () => {},
    now: Date.now,
    random: () => uniform(keyAt(1, draws++)) / 50,
    ...changed,
  });
  onTestFinished(() => link.cut());
  link.want();
  return link;
}

/** Turns the link's crank until something holds. */
function driven(link: Link, holds: () => boolean): Promise<void> {
  return until(() => {
    const nowMs = Date.now();
    link.tick(nowMs);
    if (link.isDue(nowMs)) link.connect();
    return holds();
  });
}

const payloads = (count: number) => Array.from({ length: count }, (_, i) => String(i));

test("no more than the window is on its way, and each acknowledgement lets the next one go", async () => {
  const held: (() => void)[] = [];
  const sink = {
    accept: (_: unknown, accepted: (error: null) => void) => void held.push(() => accepted(null)),
  };
  const door = await openDoor({ sink, services: { watch: everything } });
  const outbox = new ListOutbox(10);
  const link = linkTo(door.broker.mqttPort, outbox, { window: 4 });
  await driven(link, () => held.length === 4);
  await door.service("watch"); // a whole round trip later nothing more has come
  expect(held.length).toBe(4);
  expect(link.account()).toMatchObject({ uplinks: 4, inFlight: 4, acknowledged: 0 });
  held.shift()!();
  await driven(link, () => link.account().acknowledged === 1);
  expect(link.account()).toMatchObject({ uplinks: 5, inFlight: 4, acknowledged: 1 });
  await driven(link, () => {
    for (const accept of held.splice(0)) accept();
    return outbox.confirmedPayloads.length === 10;
  });
  expect(outbox.confirmedPayloads).toEqual(payloads(10));
});

test("what was not acknowledged goes again after a reconnect, in its order, and is confirmed once", async () => {
  const arrived: string[] = [];
  const held: ((error: Error | null) => void)[] = [];
  const sink: UplinkSink = {
    accept({ payload }, accepted) {
      arrived.push(Buffer.from(payload).toString());
      if (arrived.length > 4) setImmediate(accepted, null);
      else held.push(accepted);
    },
  };
  const door = await openDoor({ sink });
  const outbox = new ListOutbox(6);
  const link = linkTo(door.broker.mqttPort, outbox, { window: 4 });
  await driven(link, () => arrived.length === 4);
  for (const accepted of held) accepted(new Error("no space left on device"));
  await driven(link, () => outbox.confirmedPayloads.length === 6);
  expect(arrived).toEqual([...payloads(4), ...payloads(6)]);
  expect(outbox.confirmedPayloads).toEqual(payloads(6));
  expect(link.account()).toMatchObject({ uplinks: 6, resent: 4, acknowledged: 6, inFlight: 0, connects: 2 });
});

test("the status says online, offline after a goodbye, and offline by the will after a cut", async () => {
  const door = await openDoor({ services: { watch: everything } });
  const watch = await door.service("watch");
  await watch.subscribeAsync("canhdong/v1/+/status", { qos: 1 });
  const link = linkTo(door.broker.mqttPort, new ListOutbox(0));
  const statusAfter = async (act: () => unknown) => {
    const message = nextMessage(watch);
    act();
    return (await message).split(" ")[1];
  };
  expect(await statusAfter(() => driven(link, () => link.state === "open"))).toBe('{"online":true}');
  expect(await statusAfter(() => link.leave())).toBe('{"online":false}');
  link.want();
  expect(await statusAfter(() => driven(link, () => link.state === "open"))).toBe('{"online":true}');
  expect(await statusAfter(() => link.cut())).toBe('{"online":false}');
});

test("a command that was sent while the link was away is heard when it comes back", async () => {
  const door = await openDoor();
  const heard: string[] = [];
  const link = linkTo(door.broker.mqttPort, new ListOutbox(1), {
    heard: (_, payload) => heard.push(Buffer.from(payload).toString()),
  });
  await driven(link, () => link.account().acknowledged === 1);
  link.leave();
  await until(() => !door.broker.connected("node-1"));
  await door.broker.publish("canhdong/v1/node-1/command", "wake up");
  link.want();
  await driven(link, () => heard.length === 1);
  expect(heard).toEqual(["wake up"]);
});

test("a device with a wrong secret is told why, and waits longer each time", async () => {
  const door = await openDoor();
  const reasons: string[] = [];
  const link = linkTo(door.broker.mqttPort, new ListOutbox(1), {
    identity: { id: "node-1", secret: "wrong", statusTopic: "canhdong/v1/node-1/status" },
    refused: (why) => reasons.push(why),
  });
  await driven(link, () => reasons.length === 3);
  expect(reasons[0]).toBe("unknown device or wrong secret");
  expect([link.isRefused, link.state, link.account().refusals]).toEqual([true, "closed", 3]);
});

test("a broker that speaks nonsense, or hangs up, is tried again", async () => {
  let calls = 0;
  const server = createServer((socket) => {
    calls++;
    socket.on("error", () => {});
    if (calls % 2 === 1) socket.end(Buffer.from([0x00, 0xff, 0xff, 0xff, 0xff, 0xff]));
    else socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const link = linkTo((server.address() as { port: number }).port, new ListOutbox(1));
  await driven(link, () => calls === 4);
  expect(link.account()).toMatchObject({ connects: 0, uplinks: 0 });
});

const hasMosquitto = spawnSync("mosquitto", ["-h"]).error === undefined;

test.skipIf(!hasMosquitto)("Mosquitto takes and acknowledges a thousand", async () => {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-link-"));
  const port = await freePort();
  const config = join(folder, "mosquitto.conf");
  writeFileSync(config, `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\n`);
  const mosquitto = spawn("mosquitto", ["-c", config], { stdio: "ignore" });
  onTestFinished(async () => {
    const gone = new Promise((resolve) => mosquitto.once("exit", resolve));
    mosquitto.kill();
    await gone;
    rmSync(folder, { recursive: true });
  });
  const outbox = new ListOutbox(1000);
  const link = linkTo(port, outbox);
  await driven(link, () => outbox.confirmedPayloads.length === 1000);
  expect(outbox.confirmedPayloads).toEqual(payloads(1000));
});
