import { expect, test } from "vitest";
import { Outstanding, type OutstandingUplink } from "./outstanding.ts";

function sendThrough(outstanding: Outstanding, count: number): OutstandingUplink[] {
  return Array.from({ length: count }, (_, seq) => {
    const uplink = { seq, tsMs: seq, probe: false, messageId: outstanding.nextId(), sentAtMs: 0 };
    outstanding.add(uplink);
    return uplink;
  });
}

test("acknowledgements in order empty it, over the wrap of message ids", () => {
  const outstanding = new Outstanding();
  for (let round = 0; round < 70; round++) {
    const uplinks = sendThrough(outstanding, 1000);
    const found = uplinks.map(({ messageId }) => outstanding.acknowledge(messageId));
    expect(found).toEqual(uplinks.map((uplink) => ({ uplink, inOrder: true })));
  }
  expect([outstanding.size, outstanding.all()]).toEqual([0, []]);
});

test("one out of turn is told as such, and an unknown or repeated one is nothing", () => {
  const outstanding = new Outstanding();
  const [first, second, third] = sendThrough(outstanding, 3);
  expect(outstanding.acknowledge(second!.messageId)).toMatchObject({ inOrder: false });
  expect(outstanding.acknowledge(second!.messageId)).toBeNull();
  expect(outstanding.acknowledge(999)).toBeNull();
  expect(outstanding.all()).toEqual([first, third]);
  expect(outstanding.acknowledge(first!.messageId)).toMatchObject({ inOrder: true });
  expect(outstanding.acknowledge(third!.messageId)).toMatchObject({ inOrder: true });
});

test("message ids skip 0, which MQTT forbids", () => {
  const outstanding = new Outstanding();
  const ids = Array.from({ length: 65_536 }, () => outstanding.nextId());
  expect([ids[0], ids[65_534], ids[65_535]]).toEqual([1, 65_535, 1]);
});
