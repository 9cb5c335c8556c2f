import type { Registry } from "../devices/index.ts";
import type { Audience, Notifier, Watch } from "../ingest/alerts/index.ts";
import {
  channelsOf,
  createAudience,
  createMessageLinks,
  createReplies,
  optOut,
  type TellingPolicy,
} from "../ingest/recipients/index.ts";
import type { PersonalMessages } from "./http/http-parts.ts";
import type { Log } from "./log.ts";

/** People joined to alerts: whom to tell, the pages behind the links in messages, and what their answers do. */
export interface People {
  readonly audience: Audience;
  readonly personal: PersonalMessages;
  /** Begins to hear what people answer. Returns the way to stop. */
  listen(watch: Watch): () => Promise<void>;
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
      linkLifeMs: policy.linkHours * 3_600_000,
      optOut(person, notifier, atMs) {
        const address = channels[notifier]?.address;
        if (address !== undefined)
          optOut(registry, channels, person, { address, how: "link in a message", atMs });
      },
    },
    listen(watch) {
      const replies = createReplies({ registry, watch, channels, log });
      const stops = Object.values(notifiers).flatMap((notifier) => notifier.listen?.(replies) ?? []);
      return async () => {
        await Promise.all(stops.map((stop) => stop()));
      };
    },
  };
}
