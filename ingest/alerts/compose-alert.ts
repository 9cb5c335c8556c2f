import { fillIn, type Rule, type Severity, type Standing, type Texts } from "../rules/index.ts";
import { type Alert, alertId } from "./alert.ts";
import { spanInWords, timeInWords, valueInWords } from "./wording.ts";

/** How people call what ids stand for. */
export interface Names {
  device(id: string): string;
  /** A parcel, pond or shed. */
  place(id: string): string;
  /** Left out, a gateway goes by its id. */
  gateway?(id: string): string;
}

/** What a rule found on a device, or on a gateway, when it fired. */
export interface Finding {
  readonly severity: Severity;
  /** `gateway:ID` when it is about a gateway. */
  readonly device: string;
  readonly standing: Standing;
  readonly sinceMs: number;
  readonly firedAtMs: number;
  /** What tells this alert from the others of the rule on the device; see `alertId`. */
  readonly startMs: number;
  readonly measured: Measured | null;
  /** For rules about time: how long it has been, how long it may be. */
  readonly lasted?: { readonly spanMs: number; readonly limitMs: number };
  /** For a gateway: what the devices behind it are called that are silent. */
  readonly silentDevices?: readonly string[];
}

export interface Measured {
  readonly quantity: string;
  readonly value: number;
  readonly limit: number | null;
}

const nowhere: Texts = { vi: "Chưa rõ vị trí", en: "Place not known" };
const gatewayMark = "gateway:";

export const gatewaySubject = (gateway: string) => gatewayMark + gateway;

/** The gateway that an alert is about; null when it is about a device. */
export function gatewayOfAlert({ device }: Pick<Alert, "device">): string | null {
  return device.startsWith(gatewayMark) ? device.slice(gatewayMark.length) : null;
}

/** The alert that a finding begins, in the words of its rule. */
export function composeAlert(names: Names, rule: Rule, finding: Finding): Alert {
  const { severity, device, standing, sinceMs, firedAtMs, startMs, measured, silentDevices = [] } = finding;
  const words = wordsOf(names, finding);
  return {
    id: alertId(rule, device, startMs),
    rule: rule.name,
    severity,
    state: "firing",
    device,
    deviceName: words.device.vi,
    place: standing.place,
    placeName: standing.place === null ? null : words.place.vi,
    linkageModel: standing.linkageModel,
    silentDevices,
    quantity: measured?.quantity ?? null,
    value: measured?.value ?? null,
    limit: measured?.limit ?? null,
    ...textsOf(rule, severity, words),
    sinceMs,
    firedAtMs,
    actByMs: actByMs(rule, severity, firedAtMs),
    acknowledgedAtMs: null,
    acknowledgedBy: null,
    snoozedUntilMs: null,
    resolvedAtMs: null,
    resolvedBecause: null,
  };
}

/** The same alert as it stands by a later finding: another severity, value and words, or more silent devices. */
export function composeAgain(names: Names, rule: Rule, alert: Alert, finding: Finding): Alert {
  const { severity, device, measured, silentDevices = alert.silentDevices } = finding;
  return {
    ...alert,
    ...(measured && { value: measured.value, limit: measured.limit }),
    severity,
    silentDevices,
    // Who was given until noon is not given longer because the value was read again.
    ...(severity !== alert.severity && { actByMs: actByMs(rule, severity, finding.firedAtMs) }),
    // Since when it has been so is told as it was.
    ...textsOf(rule, severity, wordsOf(names, { ...finding, device, sinceMs: alert.sinceMs, silentDevices })),
  };
}

function actByMs(rule: Rule, severity: Severity, firedAtMs: number): number | null {
  const { actWithinMs } = rule.told(severity);
  return actWithinMs === undefined ? null : firedAtMs + actWithinMs;
}

type Words = ReturnType<typeof wordsOf>;

function textsOf(rule: Rule, severity: Severity, words: Words): Pick<Alert, "title" | "advice"> {
  const { title, advice } = rule.told(severity);
  return { title: fillIn(title, words), advice: fillIn(advice, words) };
}

function wordsOf(names: Names, { device, standing, sinceMs, measured, lasted, silentDevices }: Finding) {
  const gateway = gatewayOfAlert({ device });
  const called = gateway === null ? names.device(device) : (names.gateway?.(gateway) ?? gateway);
  const place = standing.place === null ? nowhere : sameInBoth(names.place(standing.place));
  const named = {
    device: sameInBoth(called),
    place,
    since: timeInWords(sinceMs),
  };
  if (measured === null) {
    const { spanMs, limitMs } = lasted ?? { spanMs: 0, limitMs: 0 };
    // What is to be told of a lost gateway is who is silent behind it.
    if (silentDevices) return { ...named, value: listInWords(silentDevices), limit: spanInWords(limitMs) };
    return { ...named, value: spanInWords(spanMs), limit: spanInWords(limitMs) };
  }
  const { quantity, value, limit } = measured;
  if (limit === null) return { ...named, value: valueInWords(quantity, value), limit: sameInBoth("–") };
  return { ...named, value: valueInWords(quantity, value, limit), limit: valueInWords(quantity, limit) };
}

/** So many are named in a sentence; the alert itself lists them all. */
const mostNamed = 5;

function listInWords(all: readonly string[]): Texts {
  const named = all.slice(0, mostNamed).join(", ");
  const more = all.length - mostNamed;
  return {
    vi: `${all.length} thiết bị (${named}${more > 0 ? ` và ${more} thiết bị khác` : ""})`,
    en: `${all.length} ${all.length === 1 ? "device" : "devices"} (${named}${more > 0 ? ` and ${more} more` : ""})`,
  };
}

function sameInBoth(text: string): Texts {
  return { vi: text, en: text };
}
