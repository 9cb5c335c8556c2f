import { amounts } from "./amounts.ts";
import { communes } from "./communes.ts";
import type { Dataset } from "./dataset.ts";
import { indicators } from "./indicators.ts";
import { models } from "./models.ts";
import { zones } from "./zones.ts";

export const datasets: readonly Dataset[] = [indicators, amounts, models, zones, communes];

export const openFormats = ["csv", "json"] as const;
export type OpenFormat = (typeof openFormats)[number];
