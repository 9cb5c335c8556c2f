import type { Scale } from "./scale.ts";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** Viet Nam's days, all year. */
const zoneMs = 7 * hourMs;
/** More days than this have no room for their hours, or for a name each. */
const mostWithHours = 8;
const mostNamed = 14;

export interface DayAxisParts {
  readonly fromMs: number;
  readonly toMs: number;
  readonly x: Scale;
  readonly top: number;
  readonly bottom: number;
}

/** Lines at midnight with the day and the month, and fainter ones every six hours where there is room. */
export function dayAxis({ fromMs, toMs, x, top, bottom }: DayAxisParts): string {
  const days = Math.ceil((toMs - fromMs) / dayMs);
  const every = Math.ceil(days / mostNamed);
  const grid = (kind: string, atMs: number) =>
    `<path class="${kind}" d="M${place(x(atMs))} ${top}V${bottom}"/>`;
  const hours = days > mostWithHours ? [] : timesBetween(fromMs, toMs, 6 * hourMs);
  const midnights = timesBetween(fromMs, toMs, dayMs).filter((_, i) => i % every === 0);
  return [
    ...hours.filter((atMs) => !midnights.includes(atMs)).map((atMs) => grid("h", atMs)),
    ...midnights.map((atMs) => `${grid("g", atMs)}${name(atMs, x(atMs), bottom + 18)}`),
    `<text class="en" x="${place(x(fromMs))}" y="${bottom + 34}">ngày/tháng, giờ Việt Nam${hours.length > 0 ? ", vạch mờ: 6 giờ" : ""} · day/month, Viet Nam time${hours.length > 0 ? ", faint lines: 6 hours" : ""}</text>`,
  ].join("");
}

function name(atMs: number, x: number, y: number): string {
  const date = new Date(atMs + zoneMs);
  return `<text x="${place(x)}" y="${y}" text-anchor="middle">${date.getUTCDate()}/${date.getUTCMonth() + 1}</text>`;
}

/** Viet Nam's whole steps of the clock, both ends included. */
function timesBetween(fromMs: number, toMs: number, stepMs: number): number[] {
  const first = Math.ceil((fromMs + zoneMs) / stepMs);
  const last = Math.floor((toMs + zoneMs) / stepMs);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * stepMs - zoneMs);
}

const place = (value: number) => Math.round(value * 10) / 10;
