import type { Dialect } from "./dialect.ts";
import { native } from "./native/native.ts";

/** Every dialect that is understood. A new one is a folder here and a line below. */
export const dialects: readonly Dialect[] = [native];
