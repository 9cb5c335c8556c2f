import assert from "node:assert";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { openPersistence } from "./open-persistence.ts";
import type { StoredPacket } from "./packet.ts";

const settings = {
  queue: { maxMessages: 1_000, maxBytes: 1_000_000 },
  retained: { maxMessages: 1_000, maxBytes: 1_000_000, maxPayloadBytes: 1_000 },
  sessionExpiryMs: 1_000,
  queuedExpiryMs: 1_000,
};

interface TestContext {
  readonly assert: typeof assert;
  plan(assertions: number): void;
  diagnostic(message: string): void;
}

interface AbstractSuite {
  test(name: string, body: (t: TestContext) => Promise<void>): void;
  persistence(): unknown;
  testAsync: true;
}

// The contract of aedes-persistence as its own exported suite, which is written for node:test.
const suite = createRequire(import.meta.url)("aedes-persistence/abstract.js") as (
  opts: AbstractSuite,
) => void;

describe("aedes-persistence's contract", () => {
  suite({
    test: (name, body) => test(name, () => runCounted(body)),
    persistence: () => openPersistence({ file: ":memory:", settings, now: () => 0, mayKeep: () => true }),
    testAsync: true,
  });
});

test("what comes while a client is sent its backlog has its turn after all of it", async () => {
  const persistence = openPersistence({ file: ":memory:", settings, now: () => 0, mayKeep: () => true });
  const client = { id: "n-1" };
  const message = (name: string, brokerCounter: number): StoredPacket => {
    const content = { topic: "canhdong/v1/n-1/command", payload: name };
    return {
      cmd: "publish",
      qos: 1,
      retain: false,
      brokerId: "b",
      brokerCounter,
      messageId: undefined,
      ...content,
    };
  };
  const [open, wait, close, report] = ["open", "wait", "close", "report"].map((name, i) =>
    message(name, i + 1),
  );
  const written: unknown[] = [];
  const write = (packet: StoredPacket) =>
    persistence.outgoingUpdate(client, packet).then(() => void written.push(packet.payload));

  for (const old of [open!, wait!]) await persistence.outgoingEnqueue({ clientId: "n-1" }, old);
  persistence.outgoingStream(client);
  for (const fresh of [close!, report!]) await persistence.outgoingEnqueue({ clientId: "n-1" }, fresh);
  await Promise.all([write(close!), write(open!), write(wait!), write(report!)]);
  expect(written).toEqual(["open", "wait", "close", "report"]);
  await persistence.destroy();
});

/** What node:test's context does for this suite: the planned number of assertions must have been made. */
async function runCounted(body: (t: TestContext) => Promise<void>): Promise<void> {
  let planned = 0;
  let made = 0;
  const counting = new Proxy(assert, {
    get(target, name: keyof typeof assert) {
      made++;
      return target[name];
    },
  });
  await body({ assert: counting, plan: (n) => (planned = n), diagnostic: () => {} });
  if (planned > 0) assert.strictEqual(made, planned, "assertions made, assertions planned");
}
