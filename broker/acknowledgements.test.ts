import { Duplex } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { createAcknowledgements } from "./acknowledgements.ts";
import type { AedesClient } from "./aedes-client.ts";
import { createVisit } from "./visit.ts";

/** A connection that keeps what is written to it; `taken` says when the other end reads. */
function createVisitOf(taken: () => boolean) {
  const written: Buffer[] = [];
  const conn = new Duplex({
    read() {},
    write(chunk: Buffer, _encoding, done) {
      written.push(chunk);
      if (taken()) done();
    },
  });
  const client = { conn, pause() {}, resume() {}, closed: false, _parsingBatch: 0 };
  return { visit: createVisit(client as unknown as AedesClient, "127.0.0.1", 0), written };
}

test("those of one turn go out in one write, in the order of the messages, whichever was safe first", async () => {
  const { visit, written } = createVisitOf(() => true);
  const acknowledgements = createAcknowledgements(100, () => {});
  const answered: number[] = [];
  const [first, second, third] = [0x0102, 2, 0xffff].map((messageId) =>
    acknowledgements.expect(visit, () => void answered.push(messageId), messageId),
  );
  acknowledgements.settle(second!, null);
  await nextTurn();
  expect(written).toEqual([]);
  acknowledgements.settle(first!, null);
  acknowledgements.settle(third!, null);
  await nextTurn();
  expect(answered).toEqual([0x0102, 2, 0xffff]);
  expect(written.map((bytes) => bytes.toString("hex"))).toEqual(["40020102" + "40020002" + "4002ffff"]);
});

test("what is owed is written before an answer that Aedes writes", () => {
  const { visit, written } = createVisitOf(() => true);
  const acknowledgements = createAcknowledgements(100, () => {});
  const ours = acknowledgements.expect(visit, () => {}, 1);
  const theirs = acknowledgements.expect(visit, () => void visit.client.conn.write(Buffer.from("theirs")));
  acknowledgements.settle(ours, null);
  acknowledgements.settle(theirs, null);
  expect(written.map(String)).toEqual([Buffer.from("40020001", "hex").toString(), "theirs"]);
});

test("a message that was not kept gets none", async () => {
  const { visit, written } = createVisitOf(() => true);
  const acknowledgements = createAcknowledgements(100, () => {});
  const answers: (Error | null)[] = [];
  const pending = acknowledgements.expect(visit, (error) => answers.push(error), 1);
  const full = new Error("the disk is full");
  acknowledgements.settle(pending, full);
  await nextTurn();
  expect(answers).toEqual([full]);
  expect(written).toEqual([]);
});

test("a client that takes none of its answers is not waited for without end", async () => {
  const { visit } = createVisitOf(() => false);
  let cut = 0;
  const acknowledgements = createAcknowledgements(200, () => cut++);
  for (let round = 0; round < 5_000 && cut === 0; round++) {
    const pending = Array.from({ length: 100 }, (_, id) => acknowledgements.expect(visit, () => {}, id));
    for (const one of pending) acknowledgements.settle(one, null);
    await nextTurn();
  }
  expect(cut).toBe(1);
});
