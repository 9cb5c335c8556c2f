import { join } from "node:path";
import { z } from "zod";

/** Parts of a board that are checked by themselves, so that a complaint names its panel. */
export interface BoardSchemas {
  readonly board: z.ZodType;
  readonly variable: z.ZodType;
  /** By the panel's `type`. */
  readonly panels: ReadonlyMap<string, z.ZodType>;
}

/**
 * The schema of `BoardTypes`, from the SDK's own declarations. Takes the TypeScript compiler some seconds; it and the generator are
 * development packages.
 */
export async function deriveSchemas(): Promise<BoardSchemas> {
  const { createGenerator } = await import("ts-json-schema-generator");
  const generator = createGenerator({
    path: join(import.meta.dirname, "board-types.ts"),
    tsconfig: join(import.meta.dirname, "../../../tsconfig.json"),
    type: "BoardTypes",
    skipTypeCheck: true,
    additionalProperties: false,
    jsDoc: "none",
    // Panels of different kinds have types of the same name.
    expose: "none",
  });
  const { definitions = {} } = generator.createSchema("BoardTypes");
  const { properties = {} } = definitions.BoardTypes as {
    properties?: Record<string, z.core.JSONSchema.JSONSchema>;
  };
  const { board, variable, ...panels } = properties;
  if (board === undefined || variable === undefined)
    throw new Error("the schema generator left something out of BoardTypes");
  return {
    board: z.fromJSONSchema(board),
    variable: z.fromJSONSchema(variable),
    panels: new Map(Object.entries(panels).map(([type, schema]) => [type, z.fromJSONSchema(schema)])),
  };
}
