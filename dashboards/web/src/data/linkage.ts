import type {
  Difference,
  LinkageChoices,
  LinkageMap,
  LinkageModelDetail,
  LinkageModels,
  LinkageScore,
  Snapshot,
  Snapshots,
  Verification,
} from "../../../../app/http/linkage-shapes.ts";
import type { Answer, Api } from "./api.ts";

export type {
  CommuneRow,
  DeviceDays,
  Difference,
  Draft,
  Finding,
  LinkageChoices,
  LinkageMap,
  LinkageModelDetail,
  LinkageScore,
  MapDevice,
  MapOutline,
  ModelRow,
  Period,
  Result,
  Shortfall,
  Snapshot,
  Snapshots,
  TrendPoint,
  Verification,
} from "../../../../app/http/linkage-shapes.ts";

/** Whose targets over which time; null leaves it to the server. */
export interface Asked {
  readonly plan: string | null;
  readonly period: string | null;
}

export interface DayReading {
  readonly quantity: string;
  readonly measuredAtMs: number;
  readonly value: number;
}

const dayMs = 86_400_000;
/** A node that sends ten quantities every four minutes has as many in a day. */
export const mostReadings = 3_600;

/** What the server says of linkage models. */
export const linkage = {
  choices: (api: Api, plan: string | null, signal: AbortSignal) =>
    api.get<LinkageChoices>(`linkage${query({ plan, period: null })}`, signal),
  score: (api: Api, asked: Asked, signal: AbortSignal) =>
    api.get<LinkageScore>(`linkage/score${query(asked)}`, signal),
  models: async (api: Api, asked: Asked, signal: AbortSignal): Promise<Answer<LinkageModels["models"]>> => {
    const { body, savedAtMs } = await api.get<LinkageModels>(`linkage/models${query(asked)}`, signal);
    return { body: body.models, savedAtMs };
  },
  model: (api: Api, id: string, asked: Asked, signal: AbortSignal) =>
    api.get<LinkageModelDetail>(`linkage/models/${encodeURIComponent(id)}${query(asked)}`, signal),
  map: (api: Api, asked: Asked, signal: AbortSignal) =>
    api.get<LinkageMap>(`linkage/map${query(asked)}`, signal),
  snapshots: (api: Api, signal: AbortSignal) => api.get<Snapshots>("linkage/snapshots", signal),
  /** @param reason of a correction that comes late; empty for none */
  propose: (api: Api, plan: string, period: string, reason: string) =>
    api.send<Snapshot>("POST", "linkage/snapshots", {
      plan,
      period,
      ...(reason.trim() !== "" && { reason }),
    }),
  confirm: (api: Api, id: number) => api.send<Snapshot>("POST", `linkage/snapshots/${id}/confirm`),
  verify: (api: Api, id: number, signal: AbortSignal) =>
    api.get<Verification>(`linkage/snapshots/${id}/verification`, signal),
  difference: (api: Api, id: number, signal: AbortSignal) =>
    api.get<Difference>(`linkage/snapshots/${id}/difference`, signal),
  /** Of one device on one day of Viet Nam, in order of time. */
  readingsOf: async (
    api: Api,
    device: string,
    date: string,
    signal: AbortSignal,
  ): Promise<Answer<readonly DayReading[]>> => {
    const fromMs = startOfDay(date);
    const path = `devices/${encodeURIComponent(device)}/readings?fromMs=${fromMs}&toMs=${fromMs + dayMs}&limit=${mostReadings}`;
    const { body, savedAtMs } = await api.get<{ readings: DayReading[] }>(path, signal);
    return { body: body.readings.toSorted((a, b) => a.measuredAtMs - b.measuredAtMs), savedAtMs };
  },
};

export const reportFormats = ["docx", "xlsx", "csv", "html"] as const;

export function reportUrl(id: number, format: (typeof reportFormats)[number], language: string): string {
  return `/api/v1/linkage/snapshots/${id}/report?format=${format}&language=${language}`;
}

/** Midnight in Viet Nam with which the day began. */
export function startOfDay(date: string): number {
  return Date.parse(`${date}T00:00:00+07:00`);
}

/** `14/09/2026` */
export function dayText(date: string): string {
  return date.split("-").toReversed().join("/");
}

/** 0 for a Monday. */
export function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** How many hours of a day's mask are set. */
export function hoursSet(mask: number): number {
  return Array.from({ length: 24 }, (_, hour) => (mask >> hour) & 1).reduce((sum, bit) => sum + bit, 0);
}

function query({ plan, period }: Asked): string {
  const given = Object.entries({ plan, period }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}
