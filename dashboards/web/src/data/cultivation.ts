import type { CultivationList } from "../../../../app/http/cultivation-shapes.ts";
import type { Answer, Api } from "./api.ts";

export type Cultivation = CultivationList["cultivations"][number];

/** What is told of a place from a day on; what is left out stays as it was, null ends it. */
export interface CultivationTold {
  readonly fromDate: string;
  readonly crop?: string | null;
  readonly variety?: string;
  readonly stage?: string;
  readonly soilTexture?: string;
}

/** Newest first. */
export async function cultivationsOf(
  api: Api,
  place: string,
  signal: AbortSignal,
): Promise<Answer<readonly Cultivation[]>> {
  const { body, savedAtMs } = await api.get<CultivationList>(pathOf(place), signal);
  return { body: body.cultivations.toReversed(), savedAtMs };
}

export const tellCultivation = (api: Api, place: string, told: CultivationTold) =>
  api.send<CultivationList>("POST", pathOf(place), told);

function pathOf(place: string): string {
  return `places/${encodeURIComponent(place)}/cultivation`;
}
