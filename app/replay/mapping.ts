import { isNode, LineCounter, type ParsedNode, parseDocument } from "yaml";
import { z } from "zod";
import { conversion, deviceIdRule, isDeviceId, quantityOf, unitsLike } from "../../devices/index.ts";
import { UserError } from "../commands/context.ts";
import { formatProblem, zoneProblem } from "./time-format.ts";

const Column = z
  .union([z.string().min(1), z.number().int().positive()])
  .describe("Name in the header, or as much of its beginning as no other has; or its place, from 1.");
export type Column = z.infer<typeof Column>;

const Flag = z.strictObject({
  column: Column,
  rejected: z
    .array(z.string().min(1))
    .min(1)
    .describe("Beginnings of the flags by which the source has rejected the value."),
});

const Value = z.union([
  Column.transform((column) => ({ column })),
  z.strictObject({
    column: Column,
    unit: z.string().optional().describe("The file's unit, where it is not the quantity's own."),
    factor: z.number().optional(),
    offset: z.number().optional().describe("Added after the factor."),
    flag: Flag.optional(),
  }),
]);
export type ValueMapping = z.infer<typeof Value>;

const Values = z.record(z.string(), Value).superRefine(
  (values, context) => {
    for (const [quantity, value] of Object.entries(values ?? {})) {
      const problem = valueProblem(quantity, value);
      if (problem !== null) context.addIssue({ code: "custom", path: [quantity], message: problem });
    }
  },
  // Also when one of the values has no right shape: all problems at once.
  { when: () => true },
);

/** Repeated readings are found with one bit for each quantity. */
const mostQuantities = 31;

/** `{Column}` in an id stands for what the row has in that column. */
const placeholder = /\{([^{}]+)\}/g;

const Device = z.strictObject({
  id: z
    .string()
    .refine(
      (id) => isDeviceId(id.replaceAll(placeholder, "x")),
      `must be ${deviceIdRule}; {Column} may stand in it`,
    ),
  label: z.string().max(200).optional(),
  where: z
    .strictObject({ column: Column, is: z.union([z.string(), z.array(z.string())]) })
    .optional()
    .describe("Only rows that have one of these in the column are of this device."),
  values: Values.refine((values) => {
    const count = Object.keys(values).length;
    return count > 0 && count <= mostQuantities;
  }, `must name 1 to ${mostQuantities} quantities`),
});
export type DeviceMapping = z.infer<typeof Device>;

const Time = z.strictObject({
  columns: z.array(Column).min(1).describe("Joined with a blank before they are read."),
  format: z.string().superRefine(tell(formatProblem)),
  zone: z.string().superRefine(tell(zoneProblem)).default("UTC").describe("Where the clock stood."),
  shift: z
    .strictObject({ years: z.number().int().default(0), days: z.number().default(0) })
    .default({ years: 0, days: 0 })
    .describe("Moves old data to where a server believes it; four years at a time keep 29 February."),
});

/** How a file of measurements becomes devices, quantities and times. */
export const Mapping = z.strictObject({
  description: z.string().optional(),
  delimiter: z.string().length(1).default(","),
  skipLines: z.number().int().min(0).default(0).describe("Before the header."),
  header: z.boolean().default(true).describe("False: the first line is data, and columns are numbers."),
  comment: z.string().min(1).optional().describe("Lines that begin with it are left out."),
  missing: z.array(z.string()).default(["", "NA"]).describe("What stands where nothing was measured."),
  decimalComma: z.boolean().default(false),
  intervalS: z.number().positive().optional().describe("How often the devices measured, for the registry."),
  time: Time,
  devices: z.array(Device).min(1),
});
export type Mapping = z.infer<typeof Mapping>;

/** @throws UserError that lists every problem with its line and path */
export function readMapping(text: string, name: string): Mapping {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    throw complaint(
      document.errors.map(({ pos, message }) => `  ${name}:${lines.linePos(pos[0]).line}  ${message}`),
    );
  }
  const parsed = Mapping.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap(leaves).map(({ path, message }) => {
    const node = document.getIn(path as (string | number)[], true) as ParsedNode | undefined;
    const line = isNode(node) && node.range ? `:${lines.linePos(node.range[0]).line}` : "";
    return `  ${name}${line}  ${path.length === 0 ? "" : `${path.join(".")}: `}${message}`;
  });
  throw complaint(problems);
}

interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Of the branches of a union the last one is the full form: what is wrong with that one is what helps. */
function leaves(issue: z.core.$ZodIssue): Problem[] {
  if (issue.code !== "invalid_union") return [issue];
  const branch = issue.errors.at(-1) ?? [];
  return branch.flatMap(leaves).map(({ path, message }) => ({ path: [...issue.path, ...path], message }));
}

function complaint(problems: readonly string[]): UserError {
  const count = problems.length === 1 ? "one problem" : `${problems.length} problems`;
  return new UserError(`The mapping has ${count}:\n${problems.join("\n")}`);
}

function valueProblem(quantity: string, value: unknown): string | null {
  const catalogued = quantityOf(quantity);
  if (catalogued === undefined) return "is not a quantity of the catalogue";
  const { unit, factor, offset } = (value ?? {}) as Record<string, unknown>;
  if (typeof unit !== "string") return null;
  if (factor !== undefined || offset !== undefined) return "has a unit, so factor and offset are not needed";
  if (conversion(unit, catalogued.unit) !== null) return null;
  return `"${unit}" cannot become its unit; right is one of ${unitsLike(catalogued.unit).join(", ")}, or a factor`;
}

function tell(problemOf: (text: string) => string | null) {
  return (text: string, context: z.RefinementCtx): void => {
    const problem = problemOf(text);
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  };
}
