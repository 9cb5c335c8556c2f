import { dayMs, hourMs } from "../../calendar/index.ts";
import type { Calibration } from "../registry/calibration.ts";
import type { Zone } from "../registry/zone.ts";
import type { CountingRule } from "./counting-rule.ts";
import { distanceToZoneM } from "./distance-to-zone.ts";
import type { HourMarks } from "./evidence-source.ts";
import { bitsIn, maskOf } from "./hour-masks.ts";
import type { Stretch } from "./participations.ts";
import { joined, percent, type Sentence } from "./sentence.ts";
import { type ValidHours, validHours } from "./valid-hours.ts";

export interface DayVerdict {
  readonly date: string;
  /** Bit h is set when the hour from h to h + 1 o'clock had a valid reading (Viet Nam's time). */
  readonly hours: number;
  readonly active: boolean;
}

export interface DeviceVerdict {
  readonly device: string;
  readonly counts: boolean;
  readonly activeDays: number;
  readonly daysInSeason: number;
  readonly validHours: number;
  readonly expectedHours: number;
  /** Hours with readings that were left out, because nothing moved. */
  readonly flatHours: number;
  /** Days it is held to after its calibration had run out; absent from older snapshots. */
  readonly uncalibratedDays?: number;
  /** `no-outline`: the position is known, but no zone of the model has an outline. */
  readonly position: "inside" | "outside" | "unconfirmed" | "no-outline";
  readonly because: Sentence;
  /** The days it is held to, in order. */
  readonly days: readonly DayVerdict[];
}

export interface DeviceEvidence {
  readonly device: string;
  /** Where it stood for the model; stretches of one device, in order. */
  readonly placements: readonly Stretch[];
  /** Of one span. */
  readonly series: readonly HourMarks[];
  /** All that are registered of it. */
  readonly calibrations: readonly Calibration[];
}

/** @param season days to which the model is held */
export function judgeDevice(
  { device, placements, series, calibrations }: DeviceEvidence,
  season: readonly string[],
  zones: readonly Zone[],
  rule: CountingRule,
): DeviceVerdict {
  const dates = season.filter((date) => tookPart(placements, date));
  const uncalibrated = uncalibratedIn(dates, calibrations, rule);
  const valid = validHours(series, rule);
  const { flatHours } = valid;
  const hoursOn = hoursByDate(valid, placements);
  const expected = expectedPerDay(placements.at(-1)?.intervalMs ?? null, rule);
  const days = dates.map((date): DayVerdict => {
    const hours = rule.device.calibrationNeeded && uncalibrated.has(date) ? 0 : hoursOn(date);
    return { date, hours, active: bitsIn(hours) >= expected.forActive };
  });
  const activeDays = days.filter(({ active }) => active).length;
  const share = days.length === 0 ? 0 : activeDays / days.length;
  const tooShort = days.length < season.length * rule.device.participationShare;
  return {
    device,
    counts: days.length > 0 && !tooShort && share >= rule.device.activeDayShare,
    activeDays,
    daysInSeason: days.length,
    // More hours than were announced make no other day whole.
    validHours: days.reduce((sum, { hours }) => sum + Math.min(bitsIn(hours), expected.hours), 0),
    expectedHours: days.length * expected.hours,
    flatHours,
    uncalibratedDays: uncalibrated.size,
    position: positionOf(placements, zones, rule.model.zoneMarginM),
    because: because({
      activeDays,
      share,
      flatHours,
      of: days.length,
      season: tooShort ? season.length : null,
      uncalibrated: uncalibrated.size,
      rule,
    }),
    days,
  };
}

/** Where the register dates what its place took part in, a device is held to these days and no others. */
function tookPart(placements: readonly Stretch[], date: string): boolean {
  return placements.some(
    ({ participation }) => participation === null || (participation.from <= date && date <= participation.to),
  );
}

/** Of a device without any record nobody knows, unless the rule asks for one. */
function uncalibratedIn(
  dates: readonly string[],
  calibrations: readonly Calibration[],
  { device }: CountingRule,
): ReadonlySet<string> {
  if (calibrations.length === 0 && !device.calibrationNeeded) return new Set();
  const holds = (date: string) =>
    calibrations.some(({ calibratedOn, dueOn }) => calibratedOn <= date && date <= dueOn);
  return new Set(dates.filter((date) => !holds(date)));
}

/** Viet Nam's days begin with the last seven hours of a day of UTC. */
const aheadHours = 7;
const wholeDay = (1 << 24) - 1;

/** The mask of a date: the valid hours during which the device stood there. */
function hoursByDate({ firstDay, masks }: ValidHours, placements: readonly Stretch[]) {
  const there = masks.map((mask, day) => mask & stoodOn(firstDay + day, placements));
  return (date: string): number => {
    const day = Date.parse(date) / dayMs - firstDay;
    const [before = 0, after = 0] = [there[day - 1], there[day]];
    return (before >>> (24 - aheadHours)) | ((after << aheadHours) & wholeDay);
  };
}

/** An hour in which it was moved belongs to the place where it stood at the end of it. */
function stoodOn(day: number, placements: readonly Stretch[]): number {
  let mask = 0;
  for (const { fromMs, toMs } of placements)
    mask |= maskOf(day, Math.floor(fromMs / hourMs), Math.floor(toMs / hourMs));
  return mask;
}

function expectedPerDay(intervalMs: number | null, { device }: CountingRule) {
  if (intervalMs === null || intervalMs < hourMs) return { hours: 24, forActive: device.activeHours };
  const hours = dayMs / intervalMs;
  return { hours, forActive: Math.max(1, Math.ceil(hours * device.slowMessageShare)) };
}

function positionOf(
  placements: readonly Stretch[],
  zones: readonly Zone[],
  marginM: number,
): DeviceVerdict["position"] {
  const position = placements.at(-1)?.position ?? null;
  if (position === null) return "unconfirmed";
  const outlines = zones.flatMap(({ geometry }) => geometry ?? []);
  if (outlines.length === 0) return "no-outline";
  return outlines.some((outline) => distanceToZoneM(position, outline) <= marginM) ? "inside" : "outside";
}

function because(found: {
  readonly activeDays: number;
  readonly of: number;
  readonly share: number;
  readonly flatHours: number;
  /** Days in season, when it took part for too few of them. */
  readonly season: number | null;
  readonly uncalibrated: number;
  readonly rule: CountingRule;
}): Sentence {
  const { activeDays, of, share, flatHours, season, uncalibrated, rule } = found;
  const { activeDayShare, participationShare, calibrationNeeded } = rule.device;
  if (of === 0)
    return { vi: "không có ngày nào trong vụ thuộc kỳ này", en: "no day of this period is in season" };
  const parts: Sentence[] = [
    {
      vi: `hoạt động ${activeDays}/${of} ngày (${percent(share).vi}, cần ${percent(activeDayShare).vi})`,
      en: `active on ${activeDays} of ${of} days (${percent(share).en}, ${percent(activeDayShare).en} needed)`,
    },
  ];
  if (season !== null)
    parts.push({
      vi: `chỉ tham gia ${of}/${season} ngày trong vụ (cần ${percent(participationShare).vi})`,
      en: `took part on ${of} of ${season} days in season (${percent(participationShare).en} needed)`,
    });
  if (flatHours > 0)
    parts.push({
      vi: `bỏ ${flatHours} giờ số đo đứng yên`,
      en: `${flatHours} hours of unmoving readings left out`,
    });
  if (uncalibrated > 0)
    parts.push({
      vi: `quá hạn hiệu chuẩn ${uncalibrated} ngày${calibrationNeeded ? ", không tính" : ""}`,
      en: `${uncalibrated} days without a valid calibration${calibrationNeeded ? ", not counted" : ""}`,
    });
  return joined(parts);
}
