import { expect, test } from "vitest";
import type { Route } from "../ingest/links/routes.ts";
import { CommandRefused, createCommands } from "./send-command.ts";

const irrigate = { id: "0192f7a1-5d1c-7d3a-9a4e-2f6f0c1b7e55", name: "irrigate", args: { minutes: 20 } };
const down = "application/1/device/24e124460c123456/command/down";
const bytes = Buffer.from("ff1da000b00400", "hex").toString("base64");

/** What was told to whom, by a platform that knows one way to its valve. */
function platform(route: Route | null, { isReachable = true, model = "milesight-uc511" } = {}) {
  const told: { by: string; topic: string; body: unknown }[] = [];
  const tell = (by: string, topic: string, payload: string) => {
    told.push({ by, topic, body: JSON.parse(payload) });
  };
  const send = createCommands({
    broker: { publish: async (topic, payload) => tell("broker", topic, String(payload)) },
    links: { routeOf: () => route },
    intakes: [
      {
        name: "tinh",
        async publish(topic, payload) {
          if (!isReachable) throw new Error("no connection to mqtt.tinh.vn");
          tell("tinh", topic, payload);
        },
      },
    ],
    modelOf: () => model,
  });
  return { send, told };
}

test("a device that is connected itself gets the command as it is", async () => {
  const { send, told } = platform(null);
  await send("van-1", irrigate);
  expect(told).toEqual([{ by: "broker", topic: "canhdong/v1/van-1/command", body: irrigate }]);
});

test.each([
  ["service:chirpstack", "broker"],
  ["intake:tinh", "tinh"],
])("a valve that was heard by %s gets its bytes by the same way", async (publisher, by) => {
  const { send, told } = platform({ publisher, topic: down });
  await send("van-1", irrigate);
  expect(told).toMatchObject([{ by, topic: down, body: { id: irrigate.id, fPort: 85, data: bytes } }]);
});

test.each([
  ["what the model does not obey", { model: "dragino-lse01" }, "intake:tinh", /obeys no commands/],
  [
    "a broker that is away",
    { isReachable: false },
    "intake:tinh",
    /intake tinh could not pass it on: no connection.*send it again/,
  ],
  ["an intake that is gone", {}, "intake:old", /intake:old, by which it was heard, is no intake any more/],
])("%s is answered with the reason, and nothing is sent", async (_, options, publisher, why) => {
  const { send, told } = platform({ publisher, topic: down }, options);
  const failure = await send("van-1", irrigate).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(CommandRefused);
  expect(failure).toMatchObject({ statusCode: 409, message: expect.stringMatching(why) });
  expect(told).toEqual([]);
});
