import type { z } from "zod";
import type { BoardSchemas } from "./schema/derive-schema.ts";

interface WrittenBoard {
  readonly templating?: { readonly list?: readonly { readonly name?: string }[] };
  readonly panels?: readonly WrittenPanel[];
}

interface WrittenPanel {
  readonly id?: number;
  readonly type?: string;
  readonly title?: string;
  readonly gridPos?: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly query?: string }[];
}

/** What is wrong with a board: by Grafana's types, and where it contradicts itself. Empty when all is well. */
export function checkBoard(written: unknown, { board, variable, panels }: BoardSchemas): string[] {
  const found = complaints(board, written, "");
  if (typeof written !== "object" || written === null) return found;
  const { templating, panels: drawn = [] } = written as WrittenBoard;
  const variables = templating?.list ?? [];
  return [
    ...found,
    ...variables.flatMap((one) => complaints(variable, one, `variable ${one.name}`)),
    ...drawn.flatMap((panel) => complaintsOfPanel(panel, panels)),
    ...twice(drawn.map(({ id }) => id)).map((id) => `the panel id ${id} is given twice`),
    ...overlaps(drawn),
    ...drawn.flatMap((panel) =>
      unknownVariables(
        panel,
        variables.map(({ name }) => name),
      ),
    ),
  ];
}

function complaintsOfPanel(panel: WrittenPanel, schemas: ReadonlyMap<string, z.ZodType>): string[] {
  const schema = schemas.get(panel.type ?? "");
  if (schema === undefined) return [`${nameOf(panel)}: no panel of ours is of the type ${panel.type}`];
  return complaints(schema, panel, nameOf(panel));
}

function complaints(schema: z.ZodType, value: unknown, where: string): string[] {
  const { error } = schema.safeParse(value);
  const issues = error?.issues ?? [];
  return issues.map(({ path, message }) => [where, [...path].join("."), message].filter(Boolean).join(": "));
}

function nameOf({ id, title }: WrittenPanel): string {
  return `panel ${id} (${title})`;
}

function twice<T>(values: readonly T[]): T[] {
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];
}

function overlaps(panels: readonly WrittenPanel[]): string[] {
  return panels.flatMap((one, at) =>
    panels
      .slice(at + 1)
      .filter((other) => one.gridPos && other.gridPos && overlap(one.gridPos, other.gridPos))
      .map((other) => `${nameOf(one)} lies on ${nameOf(other)}`),
  );
}

type Place = NonNullable<WrittenPanel["gridPos"]>;

function overlap(one: Place, other: Place): boolean {
  return (
    one.x < other.x + other.w &&
    other.x < one.x + one.w &&
    one.y < other.y + other.h &&
    other.y < one.y + one.h
  );
}

/** The end of the board's time. */
const ofGrafana = "__to";

/** Grafana would leave them in the query as they are. */
function unknownVariables(panel: WrittenPanel, known: readonly (string | undefined)[]): string[] {
  const queries = (panel.targets ?? []).map(({ query = "" }) => query);
  const asked = queries.flatMap((query) => [...query.matchAll(/\$\{(\w+)/g)].map(([, name]) => name));
  return [...new Set(asked)]
    .filter((name) => !known.includes(name) && name !== ofGrafana)
    .map((name) => `${nameOf(panel)} asks for ${name}, which is no variable of the board`);
}
