import type { MessagePort } from "node:worker_threads";
import type { Uplink } from "../../devices/index.ts";
import type { Platform, Station } from "./platform.ts";

/*
 * A farm in one thread, its platform in another: then simulating and ingesting take their time side by side, and the platform
 * hears the same uplinks at the same times as it would in one.
 */

/** An uplink as it crosses: text, because a small buffer would bring along the whole pool that it was cut from. */
interface CrossingUplink extends Omit<Uplink, "payload"> {
  readonly payload: string;
}

type ToPlatform =
  | { readonly stations: readonly Station[] }
  | { readonly take: number; readonly uplinks: readonly CrossingUplink[]; readonly untilMs: number };

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
  const post = (message: ToPlatform) => port.postMessage(message);
  port.on("message", ({ taken, problem }: ToFarm) => {
    const { resolve, reject } = waiting.get(taken)!;
    waiting.delete(taken);
    if (problem === null) resolve();
    else reject(new Error(problem));
  });
  return {
    enlist: (stations) => post({ stations }),
    take(uplinks, untilMs) {
      const take = takes++;
      const taken = Promise.withResolvers<void>();
      waiting.set(take, taken);
      post({ take, uplinks: uplinks.map(asText), untilMs });
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
      platform.take(uplinks.map(asBytes), untilMs).then(
        () => answer({ taken: take, problem: null }),
        (error: Error) => answer({ taken: take, problem: error.message }),
      );
    }
  });
}

function asText({ payload, ...uplink }: Uplink): CrossingUplink {
  return { ...uplink, payload: Buffer.from(payload.buffer, payload.byteOffset, payload.length).toString() };
}

function asBytes({ payload, ...uplink }: CrossingUplink): Uplink {
  return { ...uplink, payload: Buffer.from(payload) };
}
