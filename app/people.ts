import type { Registry } from "../devices/index.ts";
import type { Notifier, Watch } from "../ingest/alerts/index.ts";
import {
  channelsOf,
  createAudience,
  createMessageLinks,
  createReplies,
  optOut,
  type PersonalAudience,
  type TellingPolicy,
} from "../ingest/recipients/index.ts";
import type { PersonalMessages } from "./http/http-parts.ts";
import type { Log } from "./log.ts";

/** People joined to alerts: whom to tell, the pages behind the links in messages, and what their answers do. */
export interface People {
  readonly audience: PersonalAudience;
  readonly personal: Omit<PersonalMessages, "receive">;
  answers(watch: Watch): Answers;
}

/** What people answer, and what their providers tell us of it. */
export interface Answers {
  readonly receive: PersonalMessages["receive"];
  /** Begins to listen. Returns the way to stop. */
  listen(): () => Promise<void>;
}

export function createPeople(parts: {
  readonly registry: Registry;
  readonly notifiers: Readonly<Record<string, Notifier>>;
  readonly policy: TellingPolicy;
  readonly secretKey: Uint8Array;
  /** The address that people use; null when it is not configured: then messages carry no links. */
  readonly publicUrl: string | null;
  readonly log: Log;
}): People {
  const { registry, notifiers, policy, secretKey, publicUrl, log } = parts;
  const channels = channelsOf(notifiers);
  const links = createMessageLinks(secretKey, publicUrl);
  return {
    audience: createAudience({ registry, policy, channels, links }),
    personal: {
      links,
      channels,
      pushKey:
        Object.values(notifiers).find(({ subscriptionKey }) => subscriptionKey)?.subscriptionKey ?? null,
      linkLifeMs: policy.linkHours * 3_600_000,
      optOut(person, notifier, atMs) {
        const address = channels[notifier]?.address;
        if (address !== undefined)
          optOut(registry, channels, person, { address, how: "link in a message", atMs });
      },
    },
    answers(watch) {
      const replies = createReplies({ registry, watch, channels, log });
      return {
        receive: async (name, call) => (await notifiers[name]?.receive?.(call, replies)) ?? null,
        listen() {
          const stops = Object.values(notifiers).flatMap((notifier) => notifier.listen?.(replies) ?? []);
          return async () => {
            await Promise.all(stops.map((stop) => stop()));
          };
        },
      };
    },
  };
}
