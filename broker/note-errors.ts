import type { EventEmitter } from "node:events";
import type { Aedes, Client } from "aedes";
import { type AedesClient, visitOf } from "./aedes-client.ts";
import type { Log } from "./broker.ts";
import { type RefusalReason, type Refusals, Refused } from "./refusals.ts";
import { nameOf } from "./visit.ts";

/** Aedes' own words for why it closes a connection. */
const known: ReadonlyMap<string, { reason: RefusalReason; message: string }> = new Map([
  ["connect did not arrive in time", { reason: "connect-timeout", message: "sent no CONNECT in time" }],
  ["keep alive timeout", { reason: "keepalive", message: "fell silent beyond its keep-alive" }],
  ["drain timeout", { reason: "slow-receiver", message: "takes nothing of what is sent to it; cut" }],
]);

/** Counts and logs why Aedes closes connections. What our own guards refused has been noted already. */
export function noteErrors(aedes: Aedes, refusals: Refusals, log: Log): void {
  const told = new WeakSet<Client>();

  function note(client: Client, error: Error): void {
    if (error instanceof Refused || isNetwork(error) || isAnswered(error)) return;
    // Aedes tells it again for each message that was under way.
    if (told.has(client)) return;
    told.add(client);
    const { reason, message } = known.get(error.message) ?? {
      reason: "protocol" as const,
      message: "broke the protocol; the connection is closed",
    };
    const visit = (client as AedesClient)[visitOf];
    refusals.note(reason, { ...(visit && nameOf(visit)), error: error.message }, message);
  }
  aedes.on("clientError", note);
  aedes.on("connectionError", note);
  // Without a listener it would end the process.
  (aedes as EventEmitter).on("error", (error: Error) =>
    log.error({ error: error.message }, "the broker met an error"),
  );
}

/** Connections break; that is no one's fault. */
function isNetwork(error: Error): boolean {
  return "code" in error || error.message === "connection closed";
}

/** Refused with a CONNACK. */
function isAnswered(error: Error): boolean {
  return "errorCode" in error;
}
