import assert from "node:assert";
import { createRequire } from "node:module";
import { describe, test } from "vitest";
import { openPersistence } from "./open-persistence.ts";

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
