import type { IPublishPacket } from "mqtt";
import { type Intake, type IntakeLog, type IntakeUsage, intakeDevice, type UplinkSink } from "../intake.ts";
import { backOffMs } from "./back-off.ts";
import { type Connection, openConnection, type RefusedFilter } from "./connection.ts";
import type { Credentials } from "./credentials.ts";
import type { MqttIntakeSettings } from "./settings.ts";

export interface MqttIntakeParts {
  readonly settings: MqttIntakeSettings;
  readonly credentials: Credentials;
  readonly sink: UplinkSink;
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: IntakeLog;
}

/**
 * A connection that held for so long was a good one, and the next wait begins small again; one that brought something
 * need not hold as long. But two clients with one id bring something, too, before each cuts the other off.
 */
const steadyMs = 60_000;
const steadyWhenBroughtMs = 2_000;
const askAgainMs = 60_000;
const patienceMs = 5_000;

/**
 * Follows topics of somebody else's broker: at QoS 1, in a session that outlives us, each message acknowledged only when
 * the sink has it. Returns at once; a broker that is away is tried again, for ever.
 */
export function openMqttIntake(parts: MqttIntakeParts): Intake {
  return new MqttIntake(parts);
}

class MqttIntake implements Intake {
  readonly name: string;
  readonly #parts: MqttIntakeParts;
  readonly #device: string;
  readonly #counts = { accepted: 0, acceptedBytes: 0, refused: 0, tooLarge: 0, retained: 0, sessionsLost: 0 };
  #connection: Connection;
  #timer: NodeJS.Timeout | undefined;
  #openedAtMs = 0;
  #connectedSinceMs: number | null = null;
  #lastUplinkAtMs: number | null = null;
  #connects = 0;
  #failures = 0;
  #hasBrought = false;
  #refusedFilters: readonly RefusedFilter[] = [];
  /** What is wrong with the connection, and with the sink. */
  readonly #troubles: { connection: string | null; sink: string | null } = { connection: null, sink: null };
  #closing: Promise<void> | null = null;

  constructor(parts: MqttIntakeParts) {
    this.name = parts.settings.name;
    this.#parts = parts;
    this.#device = intakeDevice(this.name);
    this.#connection = this.#connect();
  }

  usage(): IntakeUsage {
    return {
      connectedSinceMs: this.#connectedSinceMs,
      lastUplinkAtMs: this.#lastUplinkAtMs,
      unacknowledged: this.#connection.unacknowledged,
      ...this.#counts,
      reconnects: Math.max(0, this.#connects - 1),
      refusedFilters: this.#refusedFilters,
      trouble: this.#troubles.sink ?? this.#troubles.connection,
    };
  }

  publish(topic: string, payload: string): Promise<void> {
    return this.#connection.publish(`${this.#parts.settings.stripPrefix}${topic}`, payload);
  }

  close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#closing ??= this.#connection.leave(patienceMs);
    return this.#closing;
  }

  #connect(): Connection {
    const { settings, credentials, now } = this.#parts;
    this.#openedAtMs = now();
    this.#hasBrought = false;
    return openConnection(settings, credentials, {
      onUp: (hasSession) => this.#up(hasSession),
      onFilters: (refused) => this.#noteFilters(refused),
      onMessage: (message, safe) => this.#take(message, safe),
      onDown: (trouble) => this.#down(trouble),
    });
  }

  #up(hasSession: boolean): void {
    const { log } = this.#parts;
    if (this.#connects > 0 && !hasSession) {
      this.#counts.sessionsLost++;
      log.warn({ intake: this.name }, "intake: the broker has lost our session, and what waited in it");
    }
    this.#connects++;
    this.#note("connection", null);
    log.info({ intake: this.name }, "intake: connected");
  }

  #noteFilters(refused: readonly RefusedFilter[]): void {
    const { now, log } = this.#parts;
    this.#connectedSinceMs ??= now();
    const wasRefused = new Set(this.#refusedFilters.map(({ filter }) => filter));
    this.#refusedFilters = refused;
    for (const { filter, reason } of refused) {
      if (!wasRefused.has(filter))
        log.warn({ intake: this.name, filter, reason }, "intake: a filter is refused");
    }
    // Somebody may give the right meanwhile, and the broker would not tell us.
    if (refused.length > 0) this.#later(askAgainMs, () => this.#connection.subscribe());
  }

  #take(message: IPublishPacket, safe: () => void): void {
    // Nobody can tell how old a retained message is: taken now, it would pass for news. What was said while our session
    // lived comes unmarked, retained or not (MQTT 3.1.1, 3.3.1-9).
    if (message.retain) {
      this.#counts.retained++;
      safe();
      return;
    }
    const connection = this.#connection;
    const uplink = this.#uplink(message);
    const bytes = uplink.payload.length;
    const settle = (error: (Error & { readonly code?: string }) | null) => {
      if (error === null) this.#accepted(bytes);
      else if (error.code === "EMSGSIZE") this.#noteTooLarge(uplink.topic, bytes, error);
      else return this.#refuse(connection, error);
      safe();
    };
    try {
      this.#parts.sink.accept(uplink, settle);
    } catch (error) {
      settle(error as Error);
    }
  }

  #uplink({ topic, payload }: IPublishPacket) {
    const { stripPrefix } = this.#parts.settings;
    const receivedAtMs = this.#parts.now();
    this.#lastUplinkAtMs = receivedAtMs;
    return {
      device: this.#device,
      topic: topic.startsWith(stripPrefix) ? topic.slice(stripPrefix.length) : topic,
      payload: payload as Buffer,
      receivedAtMs,
    };
  }

  #accepted(bytes: number): void {
    this.#counts.accepted++;
    this.#counts.acceptedBytes += bytes;
    this.#hasBrought = true;
    this.#note("sink", null);
  }

  /** It would come back for ever, and keep everything behind it waiting. */
  #noteTooLarge(topic: string, bytes: number, error: Error): void {
    this.#counts.tooLarge++;
    const fields = { intake: this.name, topic, bytes, error: error.message };
    this.#parts.log.error(fields, "intake: a message is too large to be kept, it is lost");
  }

  /** The broker keeps what is not acknowledged, and offers it again, in order, to the next connection: nothing waits here. */
  #refuse(connection: Connection, error: Error): void {
    this.#counts.refused++;
    this.#hasBrought = false;
    this.#note("sink", `uplinks cannot be kept, the broker holds them: ${error.message}`);
    connection.cut();
  }

  #down(trouble: string | null): void {
    const heldMs = this.#parts.now() - this.#openedAtMs;
    const wasSteady = heldMs >= (this.#hasBrought ? steadyWhenBroughtMs : steadyMs);
    this.#connectedSinceMs = null;
    if (this.#closing !== null) return;
    this.#failures = wasSteady ? 1 : this.#failures + 1;
    this.#note("connection", trouble);
    this.#later(backOffMs(this.#failures, this.#parts.random), () => {
      this.#connection = this.#connect();
    });
  }

  /** Said when it changes, not at every attempt. */
  #note(where: "connection" | "sink", trouble: string | null): void {
    if (trouble !== null && trouble !== this.#troubles[where]) {
      this.#parts.log.warn({ intake: this.name, trouble }, "intake: cannot take uplinks; it goes on trying");
    }
    this.#troubles[where] = trouble;
  }

  #later(ms: number, work: () => void): void {
    clearTimeout(this.#timer);
    if (this.#closing === null) this.#timer = setTimeout(work, ms);
  }
}
