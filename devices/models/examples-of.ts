import type { Example } from "./example.ts";
import { modelOf } from "./models.ts";

/** The examples in a model's folder, for those who want to see what its bytes look like; none for a name that is no model's. */
export async function examplesOf(name: string): Promise<readonly Example[]> {
  const model = modelOf(name);
  if (model === undefined) return [];
  const { examples } = (await import(`./${model.name}/examples.ts`)) as { examples: readonly Example[] };
  return examples;
}
