import { addressOf, type Person } from "../../devices/index.ts";
import type { Alert, Audience, Telling } from "../alerts/index.ts";
import { createCircle, type Registry } from "./circle.ts";
import { nextTurnMs } from "./limits.ts";
import type { MessageLinks } from "./message-links.ts";
import type { TellingPolicy } from "./telling-policy.ts";
import { nextTimeMs, quietEndMs } from "./time-of-day.ts";
import { allWaysTo, type Channels, type Consents, isOpen, waysTo } from "./ways.ts";

export interface AudienceParts {
  readonly registry: Registry & Consents;
  readonly policy: TellingPolicy;
  /** The notifiers that tell persons. */
  readonly channels: Channels;
  readonly links: MessageLinks;
}

/** Can also be asked of one person, whoever's place it is. */
export interface PersonalAudience extends Audience {
  /** By which channels this person is told something of this severity, and when; none: they cannot or may not be told. */
  tellingsTo(person: string, severity: Alert["severity"], nowMs: number): readonly Telling[];
}

/**
 * Wires the audience: whoever has to do with an alert's place is told of it, tier by tier. The first tier hears of it as soon as it
 * fires; each further one when nobody has acknowledged by its time. A tier in which nobody can be reached costs no time.
 */
export function createAudience({ registry, policy, channels, links }: AudienceParts): PersonalAudience {
  const circle = createCircle(registry);

  function ways(person: Person, severity: Alert["severity"]): string[] {
    return waysTo(person, severity, channels, registry);
  }

  /** Who is told first, then who next; nobody twice. */
  function tiers({ place, severity }: Alert): Person[][] {
    const around = circle.around(place);
    const first = policy.tellFirst[severity];
    const later = policy.escalateTo.filter((role) => !first.includes(role));
    const told = [first.flatMap((role) => around[role]), ...later.map((role) => [...around[role]])];
    return told
      .map((tier) => tier.filter((person) => ways(person, severity).length > 0))
      .filter((tier) => tier.length > 0);
  }

  /** What is critical at once; the rest when the person's night is over, or at the time of their digest. */
  function dueMs(person: Person, severity: Alert["severity"], notifier: string, fromMs: number): number {
    if (severity === "critical") return fromMs;
    const { digestAt, quietHours = policy.quietHours } = person.telling;
    const { medium } = channels[notifier]!;
    if (digestAt !== null && registry.consents(person.id, "digest", medium))
      return nextTimeMs(digestAt, fromMs);
    return quietEndMs(quietHours, fromMs);
  }

  function tellings(
    person: Person,
    { severity }: Pick<Alert, "severity">,
    event: Telling["event"],
    fromMs: number,
  ): Telling[] {
    return ways(person, severity).map((notifier) => ({
      person: person.id,
      notifier,
      event,
      dueAtMs: dueMs(person, severity, notifier, fromMs),
    }));
  }

  return {
    plan(alert, event, nowMs) {
      const [first = [], ...later] = tiers(alert);
      const now = first.flatMap((person) => tellings(person, alert, event, nowMs));
      if (event === "flapping") return now.filter(({ notifier }) => channels[notifier]!.medium !== "voice");
      const stepMs = (policy.escalateAfterMinutes[alert.severity] ?? Number.NaN) * 60_000;
      if (Number.isNaN(stepMs)) return now;
      // Their patience begins when they hear of it.
      const heardMs = alert.severity === "critical" ? nowMs : quietEndMs(policy.quietHours, nowMs);
      const escalated = later.flatMap((tier, at) =>
        tier.flatMap((person) => tellings(person, alert, "escalated", heardMs + (at + 1) * stepMs)),
      );
      return [...now, ...escalated];
    },
    afterwards(alert, event, told, nowMs) {
      return told.flatMap(({ person: id, notifier }) => {
        const person = registry.person(id);
        // Nobody is called to hear that there is nothing to do.
        if (!person || !channels[notifier] || channels[notifier].medium === "voice") return [];
        return [{ person: id, notifier, event, dueAtMs: dueMs(person, alert.severity, notifier, nowMs) }];
      });
    },
    tellingsTo(id, severity, nowMs) {
      const person = registry.person(id);
      return person ? tellings(person, { severity }, "fired", nowMs) : [];
    },
    otherWay(id, alert, tried, nowMs) {
      const person = registry.person(id);
      if (!person) return null;
      const open = allWaysTo(person, alert.severity, channels, registry);
      const notifier = open.find((name) => !tried.includes(name));
      return notifier === undefined
        ? null
        : { notifier, dueAtMs: dueMs(person, alert.severity, notifier, nowMs) };
    },
    otherWayAfterMs: (severity) => policy.otherWayAfterMinutes[severity] * 60_000,
    recipient(id, notifier) {
      // What was withdrawn a moment ago on the command line counts.
      registry.refresh();
      const person = registry.person(id);
      const channel = channels[notifier];
      if (!person || !channel || !isOpen(person, channel, registry)) return null;
      return { personId: id, language: person.language, address: addressOf(person, channel.address)! };
    },
    nextTurnMs: (_person, severity, sentAtMs, nowMs) => nextTurnMs(policy, severity, sentAtMs, nowMs),
    acknowledgeUrl: (message) => links.urlFor("acknowledge", message),
    optOutUrl: (message) => links.urlFor("opt-out", message),
  };
}
