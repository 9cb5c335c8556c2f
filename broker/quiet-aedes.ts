import { Aedes, type AedesOptions, type Client, type PublishPacket } from "aedes";
import mqtt from "mqtt-packet";

// A buffer for each of 65,536 numbers, made beforehand, takes 8 MB; acknowledgements are written without them.
mqtt.writeToStream.cacheNumbers = false;

type Done = (error?: Error) => void;

const nothingLeftToDo: unique symbol = Symbol("nothing left to do");
type MarkedPacket = PublishPacket & { [nothingLeftToDo]?: true };

/** Keeps Aedes from routing this packet: it was routed already, or nobody wants it. It is acknowledged all the same. */
export function markRouted(packet: PublishPacket): void {
  (packet as MarkedPacket)[nothingLeftToDo] = true;
}

export function isRouted(packet: PublishPacket): boolean {
  return (packet as MarkedPacket)[nothingLeftToDo] === true;
}

/** Aedes without the routing that nobody needs. */
export class QuietAedes extends Aedes {
  declare readonly clients: Readonly<Record<string, Client>>;
  #routing = 0;
  #onIdle: (() => void)[] = [];

  /** Calls back when no message is being routed any more. */
  whenIdle(then: () => void): void {
    if (this.#routing === 0) then();
    else this.#onIdle.push(then);
  }

  /** Internal messages of Aedes under `$SYS` tell other brokers of a cluster; there are none, and clients may not read them. */
  override publish(packet: PublishPacket, done: Done): void;
  override publish(packet: PublishPacket, client: Client | null, done?: Done): void;
  override publish(packet: PublishPacket, clientOrDone: Client | null | Done, maybeDone?: Done): void {
    const done = typeof clientOrDone === "function" ? clientOrDone : maybeDone;
    if (isRouted(packet) || packet.topic.startsWith("$SYS/")) {
      done?.();
      return;
    }
    const client = typeof clientOrDone === "function" ? null : clientOrDone;
    // The declarations leave out the form with the client, which Aedes' own handlers use.
    const publish = super.publish as unknown as (
      packet: PublishPacket,
      client: Client | null,
      done?: Done,
    ) => void;
    this.#routing++;
    publish.call(this, packet, client, (error) => {
      done?.(error);
      this.#routed();
    });
  }

  #routed(): void {
    if (--this.#routing > 0) return;
    const told = this.#onIdle;
    this.#onIdle = [];
    for (const then of told) then();
  }

  static async start(options: AedesOptions): Promise<QuietAedes> {
    const aedes = new QuietAedes(options);
    await aedes.listen();
    return aedes;
  }
}
