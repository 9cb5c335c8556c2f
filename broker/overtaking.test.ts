import { describe, expect, test } from "vitest";
import { everything, openDoor, until } from "./testing/open-door.ts";

/*
 * A message that has to be written first (retained, or for a session that outlives its connection) is passed by later ones
 * of others. It must reach who listens all the same.
 */

const services = { left: everything, right: everything, ear: everything };

describe.each([
  ["goes with its connection", true],
  ["outlives its connection", false],
])("to a session that %s", (_, clean) => {
  test.each([0, 1] as const)(
    "a retained message of QoS %i that is passed by others comes, once",
    async (qos) => {
      const door = await openDoor({ services });
      const ear = await door.service("ear", { clientId: "ear", clean });
      const heard: string[] = [];
      ear.on("message", (_topic, payload) => heard.push(String(payload)));
      await ear.subscribeAsync("state/#", { qos: 1 });
      const left = await door.service("left", { clientId: "left" });
      const right = await door.service("right", { clientId: "right" });

      const sent: string[] = [];
      for (let i = 0; i < 20; i++) {
        left.publish(`state/${i}`, `kept ${i}`, { qos, retain: true });
        left.publish("state/now", `now ${i}`, { qos: 0 });
        right.publish("state/now", `later ${i}`, { qos: 1 });
        sent.push(`kept ${i}`, `now ${i}`, `later ${i}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
      await until(() => heard.length >= sent.length);
      expect(heard.toSorted()).toEqual(sent.toSorted());
    },
  );
});
