import type { MessagePort } from "node:worker_threads";
import type { Uplink } from "../../devices/index.ts";
import type { Platform, Station } from "./platform.ts";

/*
 * A farm in one thread, its platform in another: then simulating and ingesting take their time side by side, and the platform
 * hears the same uplinks at the same times as it would in one.
 */

/** Uplinks as they cross: a few blocks that change their owner, where so many objects would be written and read one by one. */
interface CrossingUplinks {
  readonly senders: readonly Pick<Uplink, "device" | "topic">[];
  /** Of each uplink: its sender's place in `senders`, its time of arrival, and where its payload ends in `payloads`. */
  readonly sentBy: Uint32Array<ArrayBuffer>;
  readonly receivedAtMs: Float64Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
  readonly payloads: Uint8Array<ArrayBuffer>;
}

type ToPlatform =
  | { readonly stations: readonly Station[] }
  | { readonly take: number; readonly uplinks: CrossingUplinks; readonly untilMs: number };

interface ToFarm {
  readonly taken: number;
  /** Why it was not; null when it was. */
  readonly problem: string | null;
}

type Port = Pick<MessagePort, "postMessage" | "on">;

/** The farm's end: a platform that is served at the other end of the port. */
export function platformBeyond(port: Port): Platform {
  const waiting = new Map<number, PromiseWithResolvers<void>>();
  let takes = 0;
  port.on("message", ({ taken, problem }: ToFarm) => {
    const { resolve, reject } = waiting.get(taken)!;
    waiting.delete(taken);
    if (problem === null) resolve();
    else reject(new Error(problem));
  });
  return {
    enlist: (stations) => port.postMessage({ stations } satisfies ToPlatform),
    take(uplinks, untilMs) {
      const take = takes++;
      const taken = Promise.withResolvers<void>();
      waiting.set(take, taken);
      const packed = pack(uplinks);
      const { sentBy, receivedAtMs, ends, payloads } = packed;
      const message: ToPlatform = { take, uplinks: packed, untilMs };
      port.postMessage(message, [sentBy.buffer, receivedAtMs.buffer, ends.buffer, payloads.buffer]);
      return taken.promise;
    },
  };
}

/** The platform's end: hands on what the farm beyond the port sends. */
export function servePlatform(port: Port, platform: Platform): void {
  const answer = (message: ToFarm) => port.postMessage(message);
  port.on("message", (message: ToPlatform) => {
    if ("stations" in message) platform.enlist(message.stations);
    else {
      const { take, uplinks, untilMs } = message;
      platform.take(unpack(uplinks), untilMs).then(
        () => answer({ taken: take, problem: null }),
        (error: Error) => answer({ taken: take, problem: error.message }),
      );
    }
  });
}

function pack(uplinks: readonly Uplink[]): CrossingUplinks {
  const senders: Pick<Uplink, "device" | "topic">[] = [];
  const places = new Map<string, number>();
  const sentBy = new Uint32Array(uplinks.length);
  const receivedAtMs = new Float64Array(uplinks.length);
  const ends = new Uint32Array(uplinks.length);
  const payloads = new Uint8Array(uplinks.reduce((bytes, { payload }) => bytes + payload.length, 0));
  let end = 0;
  for (const [i, { device, topic, payload, receivedAtMs: atMs }] of uplinks.entries()) {
    const sender = `${device} ${topic}`;
    const place = places.get(sender) ?? senders.push({ device, topic }) - 1;
    places.set(sender, place);
    payloads.set(payload, end);
    end += payload.length;
    sentBy[i] = place;
    receivedAtMs[i] = atMs;
    ends[i] = end;
  }
  return { senders, sentBy, receivedAtMs, ends, payloads };
}

function unpack({ senders, sentBy, receivedAtMs, ends, payloads }: CrossingUplinks): Uplink[] {
  let begin = 0;
  return Array.from(ends, (end, i) => {
    const payload = payloads.subarray(begin, end);
    begin = end;
    return { ...senders[sentBy[i]!]!, payload, receivedAtMs: receivedAtMs[i]! };
  });
}
