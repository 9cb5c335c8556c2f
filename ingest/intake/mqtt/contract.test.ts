import { describe } from "vitest";
import { intakeContract } from "../intake-contract.ts";
import { hasMosquitto, startMosquitto } from "./testing/mosquitto.ts";
import { connected, openTestIntake } from "./testing/open-test-intake.ts";

describe.skipIf(!hasMosquitto).each(["5", "3.1.1"] as const)("a Mosquitto over MQTT %s", (mqtt) => {
  intakeContract(async () => {
    // Without limits of its own, so that ours are seen.
    const broker = await startMosquitto({ config: ["max_inflight_messages 0"] });
    const publisher = await broker.client();
    // The session begins with the first visit; what was published before would be nobody's.
    await (await connected(openTestIntake({ url: broker.url, mqtt }, { accept() {} }).intake)).close();
    return {
      name: "test",
      topic: (number) => `farm/pond-${number}/up`,
      open: (sink) => connected(openTestIntake({ url: broker.url, mqtt }, sink).intake),
      async publish(messages) {
        await Promise.all(
          messages.map(({ topic, payload }) => publisher.publishAsync(topic, payload, { qos: 1 })),
        );
      },
    };
  });
});
