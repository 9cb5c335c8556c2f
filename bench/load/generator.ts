/**
 * The load generator, a process of its own so that it does not share the measured one's event loop.
 *
 *   node bench/load/generator.ts < plan.json     the plan's fields: plan.ts; one line of JSON on stdout: run-load.ts
 *
 * SIGTERM ends the sending early; the report comes all the same.
 */
import { text } from "node:stream/consumers";
import { z } from "zod";
import { LoadPlan } from "./plan.ts";
import { runLoad } from "./run-load.ts";

const stop = new AbortController();
process.on("SIGTERM", () => stop.abort());

const plan = LoadPlan.safeParse(JSON.parse(await text(process.stdin)));
if (plan.success) {
  console.log(JSON.stringify(await runLoad(plan.data, stop.signal)));
} else {
  console.error(`the plan cannot be used:\n${z.prettifyError(plan.error)}`);
  process.exitCode = 2;
}
