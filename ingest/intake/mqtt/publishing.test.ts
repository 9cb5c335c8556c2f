import { describe, expect, test, vi } from "vitest";
import { freePort } from "../../../testing/free-port.ts";
import { recordingSink } from "../testing/recording-sink.ts";
import { hasMosquitto, startMosquitto } from "./testing/mosquitto.ts";
import { connected, openTestIntake } from "./testing/open-test-intake.ts";

const topic = "application/1/device/24e124460c123456/command/down";

describe.skipIf(!hasMosquitto).each(["5", "3.1.1"])("commands to a Mosquitto over MQTT %s", (mqtt) => {
  test("what is published is there when the promise resolves, with the prefix that was cut off uplinks", async () => {
    const broker = await startMosquitto();
    const listener = await broker.client();
    const heard: string[] = [];
    listener.on("message", (at, payload) => heard.push(`${at} ${payload}`));
    await listener.subscribeAsync("#", { qos: 1 });
    const { intake } = openTestIntake({ url: broker.url, mqtt, stripPrefix: "tinh/" }, recordingSink());
    await (await connected(intake)).publish(topic, "{}");
    await vi.waitFor(() => expect(heard).toContain(`tinh/${topic} {}`), { timeout: 45_000, interval: 10 });
  });

  test("while the broker is away nothing is promised and nothing waits", async () => {
    const broker = await startMosquitto();
    const { intake } = openTestIntake({ url: broker.url, mqtt }, recordingSink());
    await connected(intake);
    await broker.kill();
    await vi.waitFor(() => expect(intake.usage().connectedSinceMs).toBeNull(), {
      timeout: 45_000,
      interval: 10,
    });
    await expect(intake.publish(topic, "{}")).rejects.toThrow(/no connection to 127.0.0.1/);
  });
});

test("a broker that was never there takes nothing", async () => {
  const { intake } = openTestIntake({ url: `mqtt://127.0.0.1:${await freePort()}` }, recordingSink());
  await expect(intake.publish(topic, "{}")).rejects.toThrow(/no connection/);
});
