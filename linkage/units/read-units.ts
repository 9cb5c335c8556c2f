import { z } from "zod";
import { readTable, type TableRow } from "../../csv/index.ts";
import { type AdministrativeUnit, kindOf, unitKinds, unitLevels } from "./administrative-unit.ts";

export const unitColumns = [
  "level",
  "code",
  "name",
  "province",
  "district",
  "valid_from",
  "valid_to",
  "successors",
] as const;

/** In English: whoever keeps the list of units works on the program. */
export interface UnitProblem {
  readonly line: number;
  readonly column: string | null;
  readonly message: string;
}

export type ReadUnits =
  | { readonly ok: true; readonly units: readonly AdministrativeUnit[] }
  | { readonly ok: false; readonly problems: readonly UnitProblem[] };

const codeRules = {
  province: { digits: 2, shape: /^\d{2}$/ },
  commune: { digits: 5, shape: /^\d{5}$/ },
} as const;

const Row = z
  .object({
    level: z.enum(unitLevels),
    code: z.string(),
    name: z.string().refine((name) => kindOf(name) !== undefined, {
      error: `must begin with one of ${unitKinds.join(", ")}`,
    }),
    province: z
      .string()
      .regex(/^\d{2}$/, "must be the province's two digits, such as 42")
      .optional(),
    district: z.string().optional(),
    valid_from: z.iso.date("must be a date, such as 2025-07-01"),
    valid_to: z.iso.date("must be a date, such as 2025-06-30").optional(),
    successors: z
      .string()
      .regex(/^\d+( \d+)*$/, "must be codes with a space between")
      .optional(),
  })
  .superRefine((row, context) => {
    const complain = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const { digits, shape } = codeRules[row.level];
    if (!shape.test(row.code)) complain("code", `must be ${digits} digits; a zero in front counts`);
    if (row.level === "commune" && row.province === undefined)
      complain("province", "a commune needs its province");
    if ((row.valid_to ?? "9") < row.valid_from) complain("valid_to", "ends before it begins");
  });

/**
 * Reads a list of administrative units as CSV with the columns of `unitColumns`; several `successors` stand with a space
 * between. All problems are told at once: bad cells, and a code that stands for two places on one day.
 */
export function readUnits(text: string): ReadUnits {
  const table = readTable(text, { columns: unitColumns, required: ["level", "code", "name", "valid_from"] });
  const problems = table.problems.map(({ message, ...at }): UnitProblem => ({ ...at, message: message.en }));
  const lineOf = new Map<AdministrativeUnit, number>();
  for (const row of table.rows) {
    const unit = readUnit(row, problems);
    if (unit !== undefined) lineOf.set(unit, row.line);
  }
  problems.push(...overlaps(lineOf));
  return problems.length > 0
    ? { ok: false, problems: problems.toSorted((a, b) => a.line - b.line) }
    : { ok: true, units: [...lineOf.keys()] };
}

function readUnit({ line, cells }: TableRow, problems: UnitProblem[]): AdministrativeUnit | undefined {
  const parsed = Row.safeParse(cells);
  if (!parsed.success) {
    problems.push(
      ...parsed.error.issues.map(({ path, message }) => ({ line, column: String(path[0] ?? ""), message })),
    );
    return undefined;
  }
  const { level, code, name, province, district, valid_from, valid_to, successors } = parsed.data;
  return {
    level,
    code,
    name,
    kind: kindOf(name)!,
    province: province ?? null,
    district: district ?? null,
    validFrom: valid_from,
    validTo: valid_to ?? null,
    successors: successors?.split(" ") ?? [],
  };
}

function overlaps(lineOf: ReadonlyMap<AdministrativeUnit, number>): UnitProblem[] {
  const problems: UnitProblem[] = [];
  const byCode = Map.groupBy(lineOf.keys(), ({ level, code }) => `${level} ${code}`);
  for (const units of byCode.values()) {
    const inOrder = units.toSorted((a, b) => a.validFrom.localeCompare(b.validFrom));
    for (const [i, unit] of inOrder.entries()) {
      const next = inOrder[i + 1];
      if (next === undefined || (unit.validTo ?? "9") < next.validFrom) continue;
      const message = `code ${unit.code} is already "${unit.name}" on ${next.validFrom} (line ${lineOf.get(unit)})`;
      problems.push({ line: lineOf.get(next)!, column: "code", message });
    }
  }
  return problems;
}
