import { z } from "zod";

/**
 * Every body that crosses the HTTP API, written once: the server validates with these schemas, the OpenAPI page is
 * made of them, and the web page takes its types from them. Times are milliseconds since 1970 UTC.
 */

const Ms = z.number().int().describe("Milliseconds since 1970 UTC.");

const wholeNumber = (what: string) => ({ error: `${what} is needed, a whole number` });
const Span = z.object({
  fromMs: z.coerce
    .number(wholeNumber("the beginning in milliseconds since 1970 UTC"))
    .int(wholeNumber("the beginning in milliseconds since 1970 UTC"))
    .describe("Inclusive, milliseconds since 1970 UTC."),
  toMs: z.coerce
    .number(wholeNumber("the end in milliseconds since 1970 UTC"))
    .int(wholeNumber("the end in milliseconds since 1970 UTC"))
    .describe("Exclusive."),
});
const isForward = ({ fromMs, toMs }: z.infer<typeof Span>) => fromMs < toMs;
const forward = { error: "must be later than fromMs", path: ["toMs"] };
/** `?device=a&device=b` as well as `?device=a`. */
const several = (one: z.ZodString) =>
  z.union([z.array(one), one.transform((single) => [single])]).describe("May be repeated.");

export const Problem = z
  .object({
    error: z.string().describe("Stable word for programs, such as `not-found`."),
    message: z.string().describe("What was wrong, where, and what would be right."),
    details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: "Problem" });
export type Problem = z.infer<typeof Problem>;

export const Role = z.enum(["admin", "officer", "farmer"]).meta({ id: "Role" });
export type Role = z.infer<typeof Role>;

export const Language = z.enum(["vi", "en"]).meta({ id: "Language" });
export type Language = z.infer<typeof Language>;

export const SignIn = z.object({ name: z.string().min(1).max(100), password: z.string().min(1).max(200) });
export const NewPassword = z.object({
  current: z.string().min(1).max(200),
  next: z.string().min(10).max(200),
});

export const Me = z
  .object({
    id: z.string(),
    name: z.string(),
    role: Role,
    language: Language,
    mustChangePassword: z
      .boolean()
      .describe("True while the one-time password of the first start is in use."),
  })
  .meta({ id: "Me" });
export type Me = z.infer<typeof Me>;

export const QuantityInfo = z
  .object({
    name: z.string(),
    unit: z.string().describe("UCUM code."),
    symbol: z.string().describe("The unit as people write it: °C, %, mS/cm."),
    resolution: z.number().describe("Smallest step worth showing."),
    label: z.object({ vi: z.string(), en: z.string() }),
  })
  .meta({ id: "Quantity" });
export type QuantityInfo = z.infer<typeof QuantityInfo>;

export const LatestValue = z
  .object({ quantity: z.string(), value: z.number(), measuredAtMs: Ms })
  .meta({ id: "LatestValue" });
export type LatestValue = z.infer<typeof LatestValue>;

export const DeviceSummary = z
  .object({
    id: z.string(),
    label: z.string(),
    model: z.string().describe("Device model."),
    place: z.string().nullable().describe("Id of the parcel, pond or shed where it stands now."),
    connected: z.boolean(),
    available: z.boolean().describe("Heard within what its usual interval allows."),
    lastSeenMs: Ms.nullable(),
    intervalMs: z.number().int().nullable(),
    latest: z.array(LatestValue),
  })
  .meta({ id: "Device" });
export type DeviceSummary = z.infer<typeof DeviceSummary>;

export const PlaceKind = z.enum(["parcel", "pond", "shed"]).meta({ id: "PlaceKind" });
export type PlaceKind = z.infer<typeof PlaceKind>;

export const PlaceSummary = z
  .object({
    id: z.string(),
    kind: PlaceKind,
    name: z.string(),
    commune: z.string().nullable().describe("Name of the commune."),
    linkageModel: z.string().nullable(),
    areaHa: z.number().nullable(),
    devices: z.array(DeviceSummary),
    firing: z.number().int().describe("Alerts that fire here now."),
  })
  .meta({ id: "Place" });
export type PlaceSummary = z.infer<typeof PlaceSummary>;

export const Overview = z
  .object({ places: z.array(PlaceSummary), unplaced: z.array(DeviceSummary), nowMs: Ms })
  .meta({ id: "Overview" });
export type Overview = z.infer<typeof Overview>;

export const Severity = z.enum(["info", "warning", "critical"]).meta({ id: "Severity" });
export type Severity = z.infer<typeof Severity>;

export const AlertState = z
  .enum(["firing", "acknowledged", "snoozed", "resolved"])
  .meta({ id: "AlertState" });
export type AlertState = z.infer<typeof AlertState>;

export const AlertInfo = z
  .object({
    id: z.string(),
    rule: z.string(),
    severity: Severity,
    state: AlertState,
    device: z.string().describe("`gateway:ID` when it is about a gateway."),
    silentDevices: z
      .array(z.string())
      .readonly()
      .describe("What the devices behind a lost gateway are called; empty for every other alert."),
    place: z.string().nullable(),
    placeName: z.string().nullable(),
    quantity: z.string().nullable(),
    value: z.number().nullable().describe("The value that fired it, in the quantity's unit."),
    limit: z.number().nullable(),
    title: z.object({ vi: z.string(), en: z.string() }).describe("What happened."),
    advice: z.object({ vi: z.string(), en: z.string() }).describe("What to do."),
    firedAtMs: Ms,
    acknowledgedAtMs: Ms.nullable(),
    acknowledgedBy: z
      .string()
      .nullable()
      .describe("Name of the person; their id once they have left, `local` for the command line."),
    actByMs: Ms.nullable().describe("By when it is to be acted on, where its rule says so."),
    snoozedUntilMs: Ms.nullable().describe("Then it fires again, unless it is over."),
    resolvedAtMs: Ms.nullable(),
  })
  .meta({ id: "Alert" });
export type AlertInfo = z.infer<typeof AlertInfo>;

export const AlertQuery = z.object({
  state: z.enum(["open", "resolved", "all"]).default("open").describe("open = not resolved"),
  device: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});
export const AlertList = z.object({ alerts: z.array(AlertInfo) });

export const AcknowledgementQuery = Span.refine(isForward, forward);
export const Acknowledgements = z.object({
  acknowledgedAtMs: z.array(Ms).describe("Each time that a person took care of one of its alerts, in order."),
});

export const SeriesQuery = Span.extend({
  quantity: z.string(),
  buckets: z.coerce.number().int().min(1).max(5000).default(500),
}).refine(isForward, forward);

export const Series = z
  .object({
    device: z.string(),
    quantity: z.string(),
    fromMs: Ms,
    toMs: Ms,
    bucketMs: z.number(),
    buckets: z
      .array(
        z.object({
          startMs: Ms,
          count: z.number().int(),
          mean: z.number(),
          min: z.number(),
          max: z.number(),
        }),
      )
      .describe("Buckets without readings are absent: a gap stays a gap."),
  })
  .meta({ id: "Series" });
export type Series = z.infer<typeof Series>;

export const DeviceLatest = z.object({
  device: z.string(),
  lastSeenMs: Ms.nullable(),
  latest: z.array(LatestValue),
});

export const ReadingsQuery = Span.extend({
  quantity: several(z.string()).optional(),
  limit: z.coerce.number().int().min(1).max(10_000).default(1000),
}).refine(isForward, forward);

export const ReadingsList = z.object({
  device: z.string(),
  fromMs: Ms,
  toMs: Ms,
  readings: z.array(
    z.object({ quantity: z.string(), measuredAtMs: Ms, receivedAtMs: Ms, value: z.number() }),
  ),
  complete: z.boolean().describe("False when `limit` cut the list."),
});

export const HourlyMeansQuery = Span.extend({
  quantity: z.string(),
  device: several(z.string()).optional().describe("All that you may see when left out. May be repeated."),
}).refine(isForward, forward);

export const HourlyMean = z
  .object({
    device: z.string(),
    hourMs: Ms,
    count: z.number().int(),
    mean: z.number(),
    min: z.number(),
    max: z.number(),
  })
  .meta({ id: "HourlyMean" });
export const HourlyMeans = z.object({
  quantity: z.string(),
  unit: z.string().describe("UCUM code."),
  hours: z.array(HourlyMean),
});

export const CompletenessQuery = Span.extend({
  quantity: z.string().optional(),
  device: several(z.string()).optional().describe("All that you may see when left out. May be repeated."),
}).refine(isForward, forward);

export const CompletenessList = z.object({
  devices: z.array(
    z.object({
      device: z.string(),
      fromMs: Ms.describe(
        "Where the counting began: the span's begin, or later, when the device came to your land.",
      ),
      toMs: Ms,
      readings: z.number().int(),
      minutesWithData: z.number().int(),
      hoursWithData: z.number().int(),
      minutesExpected: z
        .number()
        .int()
        .nullable()
        .describe("What the device's usual interval allows over the span; null when it is not known."),
    }),
  ),
});

export const ExportQuery = Span.extend({
  format: z.enum(["csv", "parquet"]).default("csv"),
  device: several(z.string()).optional().describe("All that you may see when left out. May be repeated."),
  quantity: several(z.string()).optional().describe("All when left out. May be repeated."),
}).refine(isForward, forward);

export const QuarantineQuery = z.object({
  reason: z.string().optional(),
  device: z.string().optional(),
  decoder: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      "Who could not read it: a whole label (`chirpstack/1+dragino-lse01/3`), a part of one, or a part without its version.",
    ),
  before: z.coerce.number().int().min(0).optional().describe("Only uplinks before this position."),
  measuredFromMs: z.coerce
    .number()
    .int()
    .optional()
    .describe("Only values measured from then on, inclusive; what has no measured time is left out."),
  measuredToMs: z.coerce.number().int().optional().describe("Exclusive."),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(100)
    .describe("The last uplink comes whole, so there may be up to 600 entries more."),
});

export const QuarantineEntry = z
  .object({
    position: z.number().int().describe("Place of the uplink in the journal."),
    reason: z.string(),
    detail: z.string(),
    device: z.string(),
    topic: z.string(),
    rejections: z
      .number()
      .int()
      .optional()
      .describe("How many values this stands for, when it is more than one."),
    quantity: z.string().nullable(),
    measuredAtMs: Ms.nullable(),
    receivedAtMs: Ms,
    payload: z
      .string()
      .describe(
        "The raw bytes: as text when they are UTF-8, else `0x` and hexadecimal; cut at 2,000 characters.",
      ),
    decoder: z.string().describe("Name and version of the decoder that could not read it."),
  })
  .meta({ id: "QuarantineEntry" });
export type QuarantineEntry = z.infer<typeof QuarantineEntry>;

export const RefusedReading = z
  .object({
    device: z.string(),
    quantity: z.string(),
    measuredAtMs: Ms,
    receivedAtMs: Ms,
    value: z.number(),
    reason: z.string().describe("`type-conflict`, `beyond-retention`, `unreadable`, `too-large` or `other`."),
    words: z.string().describe("What the database said."),
    refusedAtMs: Ms,
  })
  .meta({ id: "RefusedReading" });
export type RefusedReading = z.infer<typeof RefusedReading>;

export const QuarantineList = z.object({
  total: z.number().int(),
  byReason: z.record(z.string(), z.number().int()),
  entries: z.array(QuarantineEntry),
  refusedByStore: z
    .object({
      total: z.number().int(),
      byReason: z.record(z.string(), z.number().int()),
      readings: z.array(RefusedReading).describe("Newest first; at most `limit`."),
    })
    .optional()
    .describe(
      "Readings that could be read, but that the InfluxDB in which readings are kept would not take for good. Of the filters, `device` and `reason` hold. Missing with the embedded store, which takes everything.",
    ),
});

export const Health = z
  .object({
    status: z.enum(["ok", "degraded", "failing"]),
    startedAtMs: Ms,
    checks: z.array(
      z.object({
        name: z.string(),
        status: z.enum(["ok", "degraded", "failing"]),
        message: z.string().describe("In English."),
        label: z.object({ vi: z.string(), en: z.string() }).describe("The name, for people."),
        says: z.object({ vi: z.string(), en: z.string() }).describe("The message, for people."),
      }),
    ),
  })
  .meta({ id: "Health" });
export type Health = z.infer<typeof Health>;

/** What the live stream (`GET /api/v1/live`, server-sent events) carries; the event's name is the object's `type`. */
export const LiveEvent = z
  .discriminatedUnion("type", [
    z.object({
      type: z.literal("readings"),
      device: z.string(),
      latest: z.array(LatestValue),
      lastSeenMs: Ms,
    }),
    z.object({
      type: z.literal("device"),
      device: z.string(),
      connected: z.boolean(),
      available: z.boolean(),
    }),
    z.object({ type: z.literal("alert"), alert: AlertInfo }),
    z
      .object({ type: z.literal("resync") })
      .describe("More was missed than is remembered: fetch everything again."),
  ])
  .meta({ id: "LiveEvent" });
export type LiveEvent = z.infer<typeof LiveEvent>;
