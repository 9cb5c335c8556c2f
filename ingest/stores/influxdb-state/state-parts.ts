import type { Watch } from "../../alerts/index.ts";
import type { InfluxSettings } from "../influxdb/settings.ts";

/** Something with an id and the name that people know it by. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** A registered device as it is now. */
export interface DeviceNow {
  readonly id: string;
  readonly name: string;
  readonly deviceModel: string;
  readonly place: (Named & { readonly kind: string }) | null;
  readonly commune: Named | null;
  readonly province: Named | null;
  readonly linkageModel: Named | null;
  /** Heard as often as it should be. */
  readonly available: boolean;
  /** Frames of its last day, asked when they are written; null for one whose frames nobody counts. */
  frames(): { readonly received: number; readonly lost: number } | null;
}

/** Yes, no, or nobody reported anything. */
export type Finding = "yes" | "no" | "no-data";

interface Sentence {
  readonly vi: string;
  readonly en: string;
}

/** A linkage model as it counts at the moment. */
export interface ModelNow {
  readonly model: Named;
  readonly province: Named | null;
  readonly byTelemetry: Finding;
  readonly byAnyProof: Finding;
  /** That stood at it in the period that was counted. */
  readonly devices: number;
  /** Of these, those that send as regularly as the rule asks. */
  readonly countingDevices: number;
  readonly because: Sentence;
}

/** An indicator of a plan as it stands at the moment. */
export interface IndicatorNow {
  readonly plan: string;
  readonly province: Named;
  readonly indicator: string;
  readonly name: Sentence;
  readonly numerator: number;
  readonly denominator: number;
  readonly noData: number;
  /** Percent. */
  readonly target: number;
  readonly met: Finding;
}

export interface Scoreboard {
  readonly models: readonly ModelNow[];
  readonly indicators: readonly IndicatorNow[];
}

/** How the platform itself is. */
export interface ServiceNow {
  /** Uplinks that wait to be written to the store. */
  readonly waitingUplinks: number;
  readonly quarantined: number;
}

export interface InfluxStateParts {
  readonly settings: InfluxSettings;
  readonly devices: () => readonly DeviceNow[];
  readonly alerts: Pick<Watch, "alerts" | "alert" | "history" | "onAlert">;
  readonly service: () => ServiceNow;
  /** Asked once an hour; null where linkage models are not counted. */
  readonly scoreboard: ((nowMs: number) => Promise<Scoreboard>) | null;
  readonly log: { warn(details: object, message: string): void };
  readonly now: () => number;
}
