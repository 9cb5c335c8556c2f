/** PUBACK with reason code 0, which both MQTT 3.1.1 (3.4) and MQTT 5 (3.4.2.1) let stand in four bytes. */
const pubackType = 0x40;
const pubackBytes = 4;

interface Receipt {
  readonly messageId: number;
  isDue: boolean;
}

/** Acknowledgements of one connection, sent in the order in which the messages came. */
export interface Receipts {
  /** @returns what to call when this message may be acknowledged */
  expect(messageId: number): () => void;
  /** Calls back when none is waiting. */
  whenNone(then: () => void): void;
}

/**
 * MQTT wants acknowledgements in the order of the messages (4.6.0-2 in both versions), whatever the order in which
 * they are found to be safe. Those that are due together, as after one fsync, leave in one write.
 *
 * mqtt.js itself acknowledges one message at a time and reads the next one only then: with a journal that syncs in groups
 * that would be one message an fsync.
 */
export function createReceipts(send: (pubacks: Buffer) => void): Receipts {
  const queue: Receipt[] = [];
  const onNone: (() => void)[] = [];
  let isFlushing = false;

  function flush(): void {
    isFlushing = false;
    const held = queue.findIndex(({ isDue }) => !isDue);
    const due = queue.splice(0, held === -1 ? queue.length : held);
    if (due.length > 0) send(pubacksOf(due));
    if (queue.length === 0) for (const then of onNone.splice(0)) then();
  }

  return {
    expect(messageId) {
      const receipt = { messageId, isDue: false };
      queue.push(receipt);
      return () => {
        receipt.isDue = true;
        if (isFlushing) return;
        isFlushing = true;
        process.nextTick(flush);
      };
    },
    whenNone(then) {
      if (queue.length === 0) then();
      else onNone.push(then);
    },
  };
}

function pubacksOf(receipts: readonly Receipt[]): Buffer {
  const bytes = Buffer.alloc(receipts.length * pubackBytes);
  for (const [index, { messageId }] of receipts.entries()) {
    bytes.writeUInt8(pubackType, index * pubackBytes);
    bytes.writeUInt8(2, index * pubackBytes + 1);
    bytes.writeUInt16BE(messageId, index * pubackBytes + 2);
  }
  return bytes;
}
