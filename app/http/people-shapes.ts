import { z } from "zod";
import { addressKinds, consentPurposes, languages, media, roles, Telling } from "../../devices/index.ts";

/** Bodies about people: who they are, how they are told, what they agreed to. Times are milliseconds since 1970 UTC. */

const Ms = z.number().int().describe("Milliseconds since 1970 UTC.");
const Address = z.string().max(2000).nullable();

const PersonSettings = z.object({
  name: z.string().min(1).max(200),
  role: z.enum(roles),
  language: z.enum(languages),
  phone: Address.describe("However it is written; kept as +84912345678."),
  email: Address,
  zalo: Address.describe("User id at the Zalo official account."),
  telegram: Address.describe("Id of the chat with the bot."),
  webPush: Address.describe("The browser's push subscription as JSON."),
  places: z.array(z.string()).describe("A farmer's own places."),
  communes: z.array(z.string()).describe("The communes an officer looks after."),
  telling: Telling.describe("How they like to be told."),
});

export const PersonInput = PersonSettings.partial()
  .required({ name: true, role: true })
  .extend({ id: z.string().describe("The name to sign in with.") })
  .meta({ id: "PersonToAdd" });
export const PersonPatch = z.strictObject(PersonSettings.shape).partial();

export const PersonSummary = z
  .object({
    id: z.string(),
    name: z.string(),
    role: z.enum(roles),
    language: z.enum(languages),
    addresses: z
      .array(z.object({ kind: z.enum(addressKinds), masked: z.string() }))
      .describe("Enough to recognise one's own, too little to use."),
    places: z.array(z.string()).readonly(),
    communes: z.array(z.string()).readonly(),
    telling: Telling,
    consents: z
      .array(z.object({ purpose: z.enum(consentPurposes), medium: z.enum(media) }))
      .describe("What holds now."),
    addedAtMs: Ms,
  })
  .meta({ id: "Person" });
export type PersonSummary = z.infer<typeof PersonSummary>;

export const OneTimePassword = z
  .object({
    person: z.string(),
    password: z
      .string()
      .describe("Good for one sign-in, at which they choose their own. It is told this once."),
  })
  .meta({ id: "OneTimePassword" });

export const ConsentInput = z.object({
  purpose: z.enum(consentPurposes),
  medium: z.enum(media),
  given: z.boolean().describe("false takes it back."),
  how: z.string().min(1).max(200).describe("How it was said: `signed form no. 12`."),
  textVersion: z.string().min(1).max(200).describe("Which version of the words they agreed to: `2026-11`."),
});
export const OwnConsentInput = ConsentInput.omit({ how: true });

export const ConsentEntry = ConsentInput.extend({
  atMs: Ms,
  who: z.string().describe("Who wrote it down."),
}).meta({ id: "Consent" });
export const ConsentList = z.object({ consents: z.array(ConsentEntry) });

export const OwnTelling = z
  .object({ person: PersonSummary, ledger: z.array(ConsentEntry) })
  .meta({ id: "OwnTelling" });
export const TellingInput = z.object({ telling: Telling });

export const PushState = z
  .object({
    key: z
      .string()
      .nullable()
      .describe(
        "What a browser subscribes with (applicationServerKey); null when no such channel is configured.",
      ),
    endpoint: z.string().nullable().describe("Of the browser in which I am told; null when in none."),
  })
  .meta({ id: "PushState" });
export type PushState = z.infer<typeof PushState>;

const KeyText = z.string().min(1).max(200);
export const PushSubscriptionInput = z
  .strictObject({
    subscription: z
      .object({
        endpoint: z
          .url({ protocol: /^https$/, error: "must be the https address of a push service" })
          .max(1000),
        keys: z.object({ p256dh: KeyText, auth: KeyText }),
      })
      .describe("What `PushSubscription.toJSON()` gives."),
    textVersion: z.string().min(1).max(200).describe("Which version of the words they agreed to: `2026-11`."),
  })
  .meta({ id: "PushSubscription" });

export const AlertHistory = z.object({
  steps: z.array(
    z.object({
      atMs: Ms,
      what: z
        .string()
        .describe("fired, worsened, eased, acknowledged, snoozed, woke, flapping, joined, resolved."),
      who: z.string().nullable().describe("Name of the person; null for what happened by itself."),
      severity: z.enum(["info", "warning", "critical"]).describe("From then on."),
      detail: z.string().nullable(),
    }),
  ),
});

export const AlertDeliveries = z.object({
  deliveries: z.array(
    z.object({
      notifier: z.string(),
      person: z.string().nullable().describe("Name; null: whoever the notifier's configuration names."),
      event: z.string(),
      attempt: z.number().int(),
      startedAtMs: Ms,
      tookMs: z.number(),
      outcome: z.enum(["delivered", "again", "failed"]),
      detail: z.string().describe("What the far end answered, with addresses masked."),
    }),
  ),
});

export const SnoozeInput = z.object({
  minutes: z
    .number()
    .int()
    .min(5)
    .max(7 * 24 * 60)
    .describe("Then it fires again, unless it is over."),
});
