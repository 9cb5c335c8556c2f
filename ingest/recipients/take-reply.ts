import type { AddressKind, Person } from "../../devices/index.ts";
import type { Log, Replies, Reply } from "../alerts/index.ts";
import { type ConsentWriter, optOut } from "./opt-out.ts";
import { readReply } from "./read-reply.ts";
import type { Channels } from "./ways.ts";

export interface ReplyParts {
  readonly registry: ConsentWriter & {
    refresh(): unknown;
    peopleAt(kind: AddressKind, address: string): readonly Person[];
  };
  readonly watch: {
    readonly outbox: { answered(person: string, code: number | null): string | undefined };
    acknowledge(id: string, by: string, nowMs: number): unknown;
  };
  readonly channels: Channels;
  readonly log: Log;
}

/**
 * Wires what answers do: `OK 3` acknowledges, `HUY` takes back every consent to be told at that address. The same reply twice is worth
 * one. Whoever is nobody's number changes nothing.
 */
export function createReplies({ registry, watch, channels, log }: ReplyParts): Replies {
  return async (reply) => {
    registry.refresh();
    const channel = channels[reply.channel];
    const people = channel === undefined ? [] : registry.peopleAt(channel.address, reply.address);
    const meaning = readReply(reply.text);
    if (channel === undefined || people.length === 0 || meaning.kind === "unknown") {
      tell(reply, people.length === 0 ? "of nobody we know" : "not understood");
    } else if (meaning.kind === "opt-out") {
      for (const { id } of people) refuse(id, channel.address, reply);
    } else acknowledge(people, meaning.code, reply);
  };

  /** A family that shares a telephone gets different numbers: the first of them who was told is the one who answers. */
  function acknowledge(people: readonly Person[], code: number | null, reply: Reply): void {
    for (const { id } of people) {
      const alert = watch.outbox.answered(id, code);
      if (alert === undefined) continue;
      watch.acknowledge(alert, id, reply.atMs);
      log.info({ person: id, alert, channel: reply.channel }, "an alert was acknowledged by a reply");
      return;
    }
    tell(reply, "about no alert they were told of");
  }

  function refuse(person: string, address: AddressKind, { channel, atMs }: Reply): void {
    optOut(registry, channels, person, { address, how: `reply by ${channel}`, atMs });
    log.info({ person, channel }, "a person has opted out by a reply");
  }

  /** Neither the text nor the address is logged: both are personal. */
  function tell({ channel, text }: Reply, what: string): void {
    log.info({ channel, length: text.length }, `a reply was left aside: ${what}`);
  }
}
