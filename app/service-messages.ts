import type { Registry } from "../devices/index.ts";
import type { Notes } from "../ingest/alerts/index.ts";
import type { PersonalAudience } from "../ingest/recipients/index.ts";
import type { Standing } from "../ingest/rules/index.ts";
import type { ServiceMessages } from "./http/http-parts.ts";

/** What services have to tell persons, joined to who knows how a person is reached and to the outbox that sees to it. */
export function createServiceMessages(parts: {
  readonly registry: Pick<Registry, "device" | "place">;
  readonly audience: Pick<PersonalAudience, "tellingsTo">;
  readonly notes: Notes;
  readonly standing: (device: string) => Standing | undefined;
}): ServiceMessages {
  const { registry, audience, notes, standing } = parts;
  return {
    tell({ from, person, about, ...message }, nowMs) {
      const tellings = audience.tellingsTo(person, message.severity, nowMs);
      if (tellings.length === 0) return 0;
      const { place = null, linkageModel = null } = standing(about) ?? {};
      const placeName = place === null ? null : (registry.place(place)?.name ?? place);
      const deviceName = registry.device(about)?.label ?? about;
      notes.keep(
        { ...message, from, device: about, deviceName, place, placeName, linkageModel, tellings },
        nowMs,
      );
      return tellings.length;
    },
  };
}
