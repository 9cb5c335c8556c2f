import { z } from "zod";

/** Bodies about linkage models and their count. Days are `2026-06-15`; times are milliseconds since 1970 UTC. */

const Sentence = z.object({ vi: z.string(), en: z.string() });
const Ms = z.number().int();
const Day = z.string();
const Count = z.number().int();
export const Finding = z.enum(["yes", "no", "no-data"]).describe("`no-data`: nobody reported anything yet.");
export type Finding = z.infer<typeof Finding>;

const planId = z.string().max(40).describe("Whose targets, such as `ha-tinh`.");
const periodName = z.string().max(10).describe("`2026-Q3`, or `2026` for the year.");

/** Left out: the plan and the period that `GET /linkage` names. */
export const CountQuery = z.object({ plan: planId.optional(), period: periodName.optional() });
export type CountQuery = z.infer<typeof CountQuery>;

const Period = z.object({
  name: z.string(),
  from: Day,
  to: Day,
  closed: z.boolean().describe("False as long as it lasts: then it is counted as far as it is over."),
});
const ChoosablePeriod = Period.extend({
  freezable: z.boolean().describe("The department's cut-off is over: a snapshot can be proposed."),
  lateUntil: Day.describe("Until this day what came late is taken into a revision."),
  late: z.boolean().describe("That day is over: a correction must say its reason."),
});
export type Period = z.infer<typeof ChoosablePeriod>;

export const LinkageChoices = z
  .object({
    plan: planId,
    period: periodName,
    plans: z.array(z.object({ id: z.string(), name: z.string() })),
    periods: z.array(ChoosablePeriod).describe("Newest first."),
    records: z.object({ models: Count, zones: Count, cooperatives: Count }).describe("In the register."),
  })
  .meta({ id: "LinkageChoices" });
export type LinkageChoices = z.infer<typeof LinkageChoices>;

const Result = z.object({
  indicator: z.string(),
  number: Count.describe("In the programme's list."),
  picked: z.boolean().describe("False for the other reading of the same words."),
  name: Sentence,
  numerator: Count,
  denominator: Count,
  noData: Count.describe("Of the denominator: nobody reported anything of them."),
  sharePercent: z.number().nullable().describe("Null when there is nothing to count."),
  percent: z.number().describe("The target."),
  operator: z.enum(["gte", "gt"]),
  met: Finding,
  on: Day.describe("The day on which units and register stand."),
});
export type Result = z.infer<typeof Result>;

const Amount = z.object({
  indicator: z.string(),
  number: Count,
  name: Sentence,
  wording: z.string(),
  amount: Count,
  least: Count.nullable().describe("Null where the plan names no figure."),
  met: z.enum(["yes", "no", "no-data", "no-target"]),
});

const TrendPoint = z.object({
  snapshot: Count,
  period: z.string(),
  confirmed: z.boolean(),
  numerator: Count,
  denominator: Count,
  sharePercent: z.number().nullable(),
});
export type TrendPoint = z.infer<typeof TrendPoint>;

const Lacking = z.object({
  id: z.string(),
  name: z.string(),
  iot: Finding,
  lacks: z.array(Sentence).describe("Each thing that keeps it from counting."),
});
export type Lacking = z.infer<typeof Lacking>;

const Shortfall = z.object({
  name: Sentence,
  percent: z.number(),
  operator: z.enum(["gte", "gt"]),
  missing: Count.describe("So many models more would reach the target."),
  models: z.array(Lacking).describe("All that do not count yet; what lacks least comes first."),
});
export type Shortfall = z.infer<typeof Shortfall>;

export const LinkageScore = z
  .object({
    plan: z.object({ id: z.string(), name: z.string(), document: z.string(), notes: z.array(Sentence) }),
    period: Period.extend({
      dueBefore: Day,
      countedTo: Day.describe("Last day that was counted: of a period that lasts, yesterday."),
    }),
    rule: z.string().describe("Version and fingerprint."),
    countedAtMs: Ms,
    models: z.object({
      running: Count,
      zoneTied: Count,
      iot: Count,
      digital: Count,
      attested: Count.describe("By somebody's word: told, never counted."),
    }),
    indicators: z.array(Result.extend({ wording: z.string(), trend: z.array(TrendPoint) })),
    amounts: z.array(Amount).describe("Targets that are so many things."),
    shortfall: Shortfall.nullable().describe("Null when the plan has no target for models."),
  })
  .meta({ id: "LinkageScore" });
export type LinkageScore = z.infer<typeof LinkageScore>;

const ModelRow = z.object({
  id: z.string(),
  name: z.string(),
  product: z.string(),
  communes: z.array(z.string()),
  devices: Count.describe("That stood at it in the period."),
  devicesCounting: Count,
  eligible: z.boolean(),
  zoneTied: z.boolean(),
  iot: Finding,
  digital: Finding,
  attested: z.boolean(),
  because: Sentence,
});
export type ModelRow = z.infer<typeof ModelRow>;

export const LinkageModels = z.object({ models: z.array(ModelRow) }).meta({ id: "LinkageModels" });
export type LinkageModels = z.infer<typeof LinkageModels>;

const Proof = z.object({ kind: z.string(), reference: z.string() });

const DeviceDays = z.object({
  device: z.string(),
  label: z.string(),
  counts: z.boolean(),
  activeDays: Count,
  daysInSeason: Count,
  validHours: z.number(),
  expectedHours: z.number(),
  flatHours: Count.describe("With readings that did not move: left out."),
  position: z.enum(["inside", "outside", "unconfirmed", "no-outline"]),
  because: Sentence,
  readable: z.boolean().describe("Whether whoever asks may see its days and readings."),
  days: z.array(
    z.object({
      date: Day,
      hours: Count.describe("Bit h is set when the hour from h o'clock has a valid reading."),
      active: z.boolean(),
    }),
  ),
});
export type DeviceDays = z.infer<typeof DeviceDays>;

export const LinkageModelDetail = ModelRow.extend({
  period: Period,
  rule: z.string(),
  form: Count.describe("1 to 7, of Nghị định 98/2018, article 4."),
  lead: z.string(),
  cooperatives: z.array(z.string()),
  zones: z.array(
    z.object({ id: z.string(), name: z.string(), areaHa: z.number(), commune: z.string().nullable() }),
  ),
  contract: z.object({ no: z.string(), from: Day, to: Day }).nullable(),
  lacks: z.array(Sentence),
  checks: z.array(z.object({ name: z.string(), met: z.boolean(), because: Sentence })),
  proofs: z.array(Proof),
  attestations: z.array(Proof),
  excused: z.array(z.object({ date: Day, name: z.string() })),
  team: z.array(DeviceDays),
}).meta({ id: "LinkageModelDetail" });
export type LinkageModelDetail = z.infer<typeof LinkageModelDetail>;

const Ring = z.array(z.array(z.number()));
const MapOutline = z.object({
  name: z.string(),
  polygons: z.array(z.array(Ring)).describe("Rings of [longitude, latitude], the outer one first."),
});
export type MapOutline = z.infer<typeof MapOutline>;

const MapDevice = z.object({
  device: z.string(),
  label: z.string(),
  model: z.string().nullable(),
  latitude: z.number(),
  longitude: z.number(),
  counts: z.boolean().nullable().describe("Null when it stands at no linkage model."),
});
export type MapDevice = z.infer<typeof MapDevice>;

const CommuneRow = z.object({
  code: z.string(),
  name: z.string(),
  zones: Count,
  models: Count,
  counted: Count.describe("Models that count by telemetry."),
  noData: Count,
  devices: Count.describe("Of its models."),
});
export type CommuneRow = z.infer<typeof CommuneRow>;

export const LinkageMap = z
  .object({
    zones: z.array(
      MapOutline.extend({
        id: z.string(),
        commune: z.string().nullable(),
        areaHa: z.number(),
        models: z.array(z.string()),
        iot: Finding,
      }),
    ),
    zonesWithoutOutline: Count,
    devices: z.array(MapDevice),
    devicesWithoutPosition: Count,
    communes: z.array(CommuneRow),
    outlines: z.array(MapOutline).describe("Of communes, when somebody has imported them."),
    outlinesSource: z.string().nullable(),
  })
  .meta({ id: "LinkageMap" });
export type LinkageMap = z.infer<typeof LinkageMap>;

export const Snapshot = z
  .object({
    id: Count,
    plan: z.string(),
    planName: z.string(),
    period: z.string(),
    revision: Count,
    hash: z.string().describe("SHA-256 of everything that was frozen, hexadecimal."),
    proposedBy: z.string(),
    proposedAtMs: Ms,
    confirmedBy: z.string().nullable(),
    confirmedAtMs: Ms.nullable(),
    newest: z.boolean().describe("Of its plan and period; only the newest can be confirmed."),
    rule: z.string(),
    results: z.array(Result),
  })
  .meta({ id: "LinkageSnapshot" });
export type Snapshot = z.infer<typeof Snapshot>;

export const Draft = z
  .object({
    plan: z.string(),
    period: z.string(),
    hash: z.string().describe("The snapshot that a person makes of it has the same."),
    frozenAtMs: Ms,
    from: Day.describe("First day that was counted."),
    to: Day.describe("Last day that was counted."),
    hoursLate: Count.describe("After the cut-off: readings that arrived in these hours are in it."),
    rule: z.string(),
    results: z.array(Result),
  })
  .meta({ id: "LinkageDraft" });
export type Draft = z.infer<typeof Draft>;

export const Snapshots = z
  .object({
    mayConfirm: z.boolean().describe("Whether whoever asks may confirm what others have proposed."),
    snapshots: z.array(Snapshot).describe("Newest first."),
    drafts: z.array(Draft).describe("Frozen at the cut-off; nobody has proposed them yet. Newest first."),
  })
  .meta({ id: "LinkageSnapshots" });
export type Snapshots = z.infer<typeof Snapshots>;

export const Proposal = z.strictObject({
  plan: planId,
  period: periodName,
  reason: z
    .string()
    .trim()
    .min(1)
    .max(500)
    .optional()
    .describe("Why figures are corrected, later than ten days after the cut-off."),
});

export const Verification = z
  .object({
    ok: z.boolean(),
    kept: z.string().describe("The hash that was kept beside it."),
    found: z.string().describe("The hash of what is kept now."),
  })
  .meta({ id: "LinkageVerification" });
export type Verification = z.infer<typeof Verification>;

export const Difference = z
  .object({
    before: Count.nullable().describe("The revision before it; null when it is the first."),
    ruleChanged: z.boolean(),
    records: z.array(z.string()),
    verdicts: z.array(z.object({ model: z.string(), before: z.string(), after: z.string() })),
    indicators: z.array(
      z.object({
        indicator: z.string(),
        before: z.string(),
        after: z.string(),
        gained: z.array(z.string()),
        lost: z.array(z.string()),
      }),
    ),
  })
  .meta({ id: "LinkageDifference" });
export type Difference = z.infer<typeof Difference>;

export const ById = z.object({ id: z.string().min(1).max(64) });
export const reportFormats = ["docx", "xlsx", "csv", "html"] as const;
export const ReportQuery = z.object({
  format: z.enum(reportFormats).default("docx"),
  language: z.enum(["vi", "en"]).default("vi"),
});
export type ReportQuery = z.output<typeof ReportQuery>;

export const PlanQuery = CountQuery.pick({ plan: true });
export const BySnapshot = z.object({ id: z.coerce.number().int().min(1) });
