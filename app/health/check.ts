import type { Health } from "../http/shapes.ts";

/** What one part says of itself: to programs by its name and in English, to people in their language. */
export type Check = Health["checks"][number];

interface Words {
  readonly vi: string;
  readonly en: string;
}

export const ok = (name: string, label: Words, says: Words) => check(name, "ok", label, says);
export const degraded = (name: string, label: Words, says: Words) => check(name, "degraded", label, says);
export const failing = (name: string, label: Words, says: Words) => check(name, "failing", label, says);

function check(name: string, status: Check["status"], label: Words, says: Words): Check {
  return { name, status, message: says.en, label, says };
}
