import type {
  AedesOptions,
  AedesPublishPacket,
  AuthenticateError,
  ConnectPacket,
  PublishPacket,
  Subscription,
} from "aedes";
import { mayRetain, maySubscribe, publicationOf } from "./access.ts";
import type { Acknowledgements } from "./acknowledgements.ts";
import { type Admission, sessionIdOf } from "./admission.ts";
import type { BrokerLimits } from "./broker-settings.ts";
import type { GuardHook } from "./guard-hook.ts";
import type { Persistence } from "./persistence/open-persistence.ts";
import { ownPayload } from "./persistence/packet.ts";
import { markRouted, type QuietAedes } from "./quiet-aedes.ts";
import { type Refusals, Refused } from "./refusals.ts";
import type { UplinkGate } from "./uplink-gate.ts";
import { nameOf, type Visit } from "./visit.ts";

export interface HookParts {
  /** Called when hooks run, so Aedes can be made after them. */
  readonly aedes: () => QuietAedes;
  readonly guard: GuardHook;
  readonly admission: Admission;
  readonly gate: UplinkGate;
  readonly acknowledgements: Acknowledgements;
  readonly persistence: Persistence;
  readonly refusals: Refusals;
  /** Told of clients that are closed because we could not keep what they sent. */
  readonly notKept: (visit: Visit) => void;
  readonly limits: Pick<BrokerLimits, "maxSubscriptionsPerClient" | "maxBufferedBytes">;
}

type Hooks = Required<
  Pick<
    AedesOptions,
    "preConnect" | "authenticate" | "authorizePublish" | "authorizeSubscribe" | "authorizeForward"
  >
>;
type Done = (error?: Error | null) => void;
type Answer<T> = (error: Error | null, answer: T) => void;

/** The five questions that Aedes asks, each answered elsewhere: here they are translated and guarded. */
export function createHooks(parts: HookParts): Hooks {
  const { aedes, guard, admission, gate, acknowledgements, persistence, refusals, notKept, limits } = parts;

  /** Only notes what was asked for: refusing here would close the socket without a word. */
  function preConnect(visit: Visit, packet: ConnectPacket, done: Answer<boolean>): void {
    visit.connect = packet;
    // Aedes pauses a moment later; what follows on the heels of the CONNECT would be taken before its secret is checked.
    visit.client.pause();
    if (packet.will !== undefined) packet.will.payload = ownPayload(packet.will.payload) as Buffer;
    if (packet.protocolVersion === 5) {
      // Aedes answers with "unacceptable protocol version" by itself.
      refusals.note("protocol-version", nameOf(visit), "MQTT 5 is not spoken here; right is 3.1.1");
    }
    done(null, true);
  }

  function authenticate(
    visit: Visit,
    username: string | undefined,
    password: Buffer | undefined,
    done: (error: AuthenticateError | null, success: boolean | null) => void,
  ): void {
    const connect = visit.connect!;
    try {
      visit.visitor = admission(visit, username, password);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      done(error, false);
      return;
    }
    const { client, visitor } = visit;
    client.id = sessionIdOf(visitor, connect.clientId);
    visit.connect = null; // it holds the secret
    if (aedes().clients[client.id] !== undefined) {
      refusals.note("replaced", nameOf(visit), "came again; the older connection is closed");
    }
    done(null, true);
  }

  function authorizePublish(visit: Visit, packet: PublishPacket, done: Done): void {
    const visitor = visit.visitor!;
    const publication = publicationOf(visitor, packet.topic);
    if (publication === null) {
      done(refusePublish(visit, packet));
      return;
    }
    if (packet.retain && !mayRetain(visitor, publication)) packet.retain = false;
    if (publication.kind === "uplink") gate.submit(visit, publication.device, packet, done);
    else if (packet.qos === 1 && packet.cmd === "publish") routeBeforeAck(visit, packet, done);
    else done(null);
  }

  /** Aedes would acknowledge first and store then; but what was acknowledged must wait safely for whoever sleeps. */
  function routeBeforeAck(visit: Visit, packet: PublishPacket, done: Done): void {
    const pending = acknowledgements.expect(visit, done);
    aedes().publish(packet, visit.client, (error) => {
      markRouted(packet);
      acknowledgements.settle(pending, error ? failedToKeep(visit, error) : null);
    });
  }

  function failedToKeep(visit: Visit, error: Error): Refused {
    const message = "message not acknowledged: it could not be kept for those who sleep";
    refusals.note("sessions-disk", { ...nameOf(visit), error: error.message }, message);
    notKept(visit);
    return new Refused(message);
  }

  function refusePublish(visit: Visit, packet: PublishPacket): Refused {
    const message = "may not publish to this topic; the connection is closed";
    refusals.note("publish", { ...nameOf(visit), topic: packet.topic.slice(0, 200) }, message);
    return new Refused(message);
  }

  function authorizeSubscribe(visit: Visit, asked: Subscription, done: Answer<Subscription | null>): void {
    if (maySubscribe(visit.visitor!, asked.topic)) {
      const tooMany =
        visit.filters.size >= limits.maxSubscriptionsPerClient && !visit.filters.has(asked.topic);
      if (!tooMany) visit.filters.add(asked.topic);
      else refuseSubscribe(visit, asked, "too-many-subscriptions", "has too many subscriptions");
      done(null, tooMany ? null : asked);
      return;
    }
    refuseSubscribe(visit, asked, "subscribe", "may not subscribe to this filter");
    done(null, null);
  }

  function refuseSubscribe(
    visit: Visit,
    { topic }: Subscription,
    reason: "subscribe" | "too-many-subscriptions",
    message: string,
  ): void {
    refusals.note(reason, { ...nameOf(visit), filter: topic.slice(0, 200) }, message);
    // One that was allowed once: messages must not go on waiting for it.
    persistence.removeSubscriptions(visit.client, [topic]).catch(() => {});
  }

  /** The last moment before a message goes out. */
  function authorizeForward(visit: Visit, packet: AedesPublishPacket): AedesPublishPacket | null {
    // Queued when it was still allowed.
    if (!maySubscribe(visit.visitor!, packet.topic)) return null;
    const { conn } = visit.client;
    if (conn.writableLength > limits.maxBufferedBytes && !conn.destroyed) {
      const fields = { ...nameOf(visit), bufferedBytes: conn.writableLength };
      refusals.note("slow-receiver", fields, "does not take what is sent to it; the connection is cut");
      conn.destroy();
    }
    // Not withheld even then: a withheld message counts as delivered and would not be kept for the next connection.
    return packet;
  }

  const unknown = (..._rest: unknown[]): undefined => undefined;
  return {
    preConnect: guard("preConnect", preConnect, unknown),
    authenticate: guard("authenticate", authenticate, unknown),
    // Without a client it is our own, such as the will of a client that is gone.
    authorizePublish: guard("authorizePublish", authorizePublish, (_packet, done) => done(null)),
    authorizeSubscribe: guard("authorizeSubscribe", authorizeSubscribe, unknown),
    authorizeForward: guard("authorizeForward", authorizeForward, (packet) => packet),
  };
}
