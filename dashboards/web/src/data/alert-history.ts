import type { z } from "zod";
import type { AlertHistory } from "../../../../app/http/people-shapes.ts";
import type { AlertStepKind } from "../../../../ingest/alerts/index.ts";
import type { Answer, Api } from "./api.ts";

export type StepKind = AlertStepKind;
export type Step = z.infer<typeof AlertHistory>["steps"][number];

/** What happened to an alert, in order, and who did what. */
export async function historyOf(
  api: Api,
  alert: string,
  signal: AbortSignal,
): Promise<Answer<readonly Step[]>> {
  const path = `alerts/${encodeURIComponent(alert)}/history`;
  const { body, savedAtMs } = await api.get<z.infer<typeof AlertHistory>>(path, signal);
  return { body: body.steps, savedAtMs };
}
