import { recordColumns } from "./record-columns.ts";
import { type RecordKind, schemas } from "./record-kinds.ts";

/** Columns without which no row of this kind can be whole, as its schema says; the id is the first of them. */
export function requiredColumns(kind: RecordKind): readonly string[] {
  const parts = new Set(
    recordColumns[kind].filter(({ path }) => path.length > 1).map(({ path }) => path[0]!),
  );
  const needed = missingIn(kind, {});
  // Of a part that must be there, what must be there of it.
  const whole = Object.fromEntries(needed.filter((path) => parts.has(path)).map((path) => [path, {}]));
  const paths = new Set(missingIn(kind, whole));
  return recordColumns[kind].filter(({ path }) => paths.has(path.join("."))).map(({ name }) => name);
}

function missingIn(kind: RecordKind, record: object): string[] {
  const { error } = schemas[kind].safeParse(record);
  return error?.issues.map(({ path }) => path.join(".")) ?? [];
}
