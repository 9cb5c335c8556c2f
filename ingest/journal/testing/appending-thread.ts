import { parentPort, workerData } from "node:worker_threads";
import { type InletEnd, openInlet } from "../segments/open-inlet.ts";

/** Appends as many uplinks through an inlet as it was told, says "done" with the number confirmed, and ends. */
const { end, name, uplinks, payloadBytes } = workerData as {
  readonly end: InletEnd;
  readonly name: string;
  readonly uplinks: number;
  readonly payloadBytes: number;
};
const inlet = openInlet(end);
const confirmed: number[] = [];
for (let n = 0; n < uplinks; n++) {
  const payload = Buffer.alloc(payloadBytes);
  payload.writeUInt32LE(n);
  const settled = Promise.withResolvers<void>();
  inlet.append({ device: name, topic: "t", payload, receivedAtMs: n }, (error) => {
    if (error === null) confirmed.push(n);
    settled.resolve();
  });
  // Every hundredth is waited for, so that there are many frames.
  if (n % 100 === 99) await settled.promise;
}
await inlet.close();
parentPort!.postMessage(confirmed);
