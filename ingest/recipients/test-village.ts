import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { type Medium, type NewPerson, openRegistry, type Registry } from "../../devices/index.ts";
import type { Outbox } from "../alerts/index.ts";
import { createField, minute, noon, rulesOf, second } from "../alerts/test-field.ts";
import { createAudience } from "./create-audience.ts";
import { createMessageLinks } from "./message-links.ts";
import { tellingPolicy } from "./telling-policy.ts";
import type { Channels } from "./ways.ts";

const secretKey = new Uint8Array(32).fill(5);

type Claim = ReturnType<Outbox["claim"]>[number];

export const channels: Channels = {
  sms: { medium: "sms", address: "phone" },
  calls: { medium: "voice", address: "phone" },
  mail: { medium: "email", address: "email" },
};

const oxygen = {
  kind: "threshold",
  name: "oxygen",
  quantity: "water.dissolvedOxygen",
  severity: "critical",
  below: 3,
  clear: 4,
};
export const dry = { kind: "threshold", name: "dry", quantity: "soil.moisture", below: 25, clear: 28 };

/**
 * A village with its people, a real registry, a real watch and its outbox. Hoa farms p1, Bình p2, both in Minh's commune; Tâm is the
 * officer of another; Lan is the administrator. All have agreed to be told by SMS.
 */
export function createVillage(options: { startMs?: number; policy?: object } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "canhdong-village-"));
  const opened: Registry[] = [];
  onTestFinished(() => {
    for (const each of opened) each.close();
    rmSync(folder, { recursive: true });
  });
  /** The registry as one more process would have it. */
  const openAgain = () => {
    opened.push(openRegistry(join(folder, "registry.db"), secretKey));
    return opened.at(-1)!;
  };
  const registry = openAgain();
  for (const id of ["p1", "p2"])
    registry.addPlace({ id, kind: "parcel", name: `Thửa ${id}`, communeCode: "18685" }, 1);
  const people: NewPerson[] = [
    { id: "hoa", name: "Hoa", role: "farmer", phone: "0912345671", email: "hoa@example.vn", places: ["p1"] },
    { id: "binh", name: "Bình", role: "farmer", phone: "0912345672", places: ["p2"] },
    { id: "minh", name: "Minh", role: "officer", phone: "0912345673", communes: ["18685"] },
    { id: "tam", name: "Tâm", role: "officer", phone: "0912345674", communes: ["31117"] },
    { id: "lan", name: "Lan", role: "admin", phone: "0912345675", language: "en" },
  ];
  for (const person of people) registry.addPerson(person, 1);
  const village = {
    registry,
    openAgain,
    agrees(person: string, medium: Medium, given = true, purpose: "alerts" | "digest" = "alerts") {
      const said = { person, purpose, medium, given, how: "signed form", textVersion: "1" };
      registry.writeConsent(said, field.clock.nowMs);
    },
    field: undefined as unknown as ReturnType<typeof createField>,
    links: createMessageLinks(secretKey, "https://canhdong.example.vn"),
    measures,
    dies,
    told,
    passes,
    next: (notifier: string) => field.watch.outbox.claim(notifier, 1, field.clock.nowMs)[0],
  };
  const audience = createAudience({
    registry,
    policy: tellingPolicy.parse(options.policy ?? {}),
    channels,
    links: village.links,
  });
  const field = createField({
    rules: rulesOf([oxygen, dry], []),
    startMs: options.startMs ?? noon,
    audience,
  });
  village.field = field;
  for (const { id } of people) village.agrees(id, "sms");
  return village;

  function measures(value: number, about: { device?: string; quantity?: string } = {}): void {
    const { device = "n1", quantity = "soil.moisture" } = about;
    field.clock.nowMs += second;
    field.arrives({ device, receivedAtMs: field.clock.nowMs, readings: [{ value, quantity }] });
    field.takes();
  }

  function dies(): void {
    field.crash();
  }

  /** Delivers what is due now. @returns `channel person: event of rule`, digests with their number of alerts */
  function told(...notifiers: readonly string[]): string[] {
    const asked = notifiers.length > 0 ? notifiers : Object.keys(channels);
    return asked.flatMap((notifier) =>
      field.watch.outbox.claim(notifier, 100, field.clock.nowMs).map((claim) => {
        const started = { atMs: field.clock.nowMs, tookMs: 0 };
        field.watch.outbox.settle(claim, started, { outcome: "delivered", detail: "" });
        return inWords(notifier, claim);
      }),
    );
  }

  function passes(minutes: number): void {
    field.tickEach(minute, field.clock.nowMs + minutes * minute);
  }
}

function inWords(notifier: string, { recipient, event, alert, digest }: Claim): string {
  const what = digest ? `digest of ${digest.length}` : `${event} ${alert.rule}`;
  return `${notifier} ${recipient?.personId ?? "-"}: ${what}`;
}
