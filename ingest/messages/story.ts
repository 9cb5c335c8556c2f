import { quantityOf } from "../../devices/index.ts";
import { type Alert, type Notification, timeInWords, valueInWords } from "../alerts/index.ts";
import type { Language } from "../rules/index.ts";
import { endings, eventWords, labels, phrases, severityWords, urgency, withWords } from "./words.ts";

/** What there is to tell; a notification is one. */
export type News = Pick<Notification, "event" | "alert" | "digest" | "acknowledge" | "optOutUrl">;

/** An alert in pieces of text, each on one line and in NFC, from which every form of message is put together. */
export interface Story {
  /** How bad: `KHẨN CẤP`; `KHẨN CẤP, chưa ai xử lý`; `Hết cảnh báo`. */
  readonly mark: string;
  /** What happened. */
  readonly title: string;
  readonly place: string | null;
  /** Name, and the id behind it where that is another. */
  readonly device: string;
  readonly deviceName: string;
  /** `Oxy hòa tan (DO)` */
  readonly quantity: string | null;
  /** `2,4 mg/l` */
  readonly value: string | null;
  readonly limit: string | null;
  /** `05:50 ngày 21/11/2026` */
  readonly since: string;
  readonly until: string | null;
  /** What to do; null when it is over. */
  readonly advice: string | null;
  /** By when, as a sentence; null when it is over. */
  readonly deadline: string | null;
  /** Why it is over. */
  readonly ending: string | null;
  /** What else there is to know: that somebody has taken it on, or that nobody has. */
  readonly note: string | null;
  /** What stands still behind a lost gateway, unless the title says it: `23 thiết bị không gửi được số liệu`. */
  readonly silent: string | null;
  /** The first few of these: `Nút ao 1, Nút ao 2, Nút ao 3 và 20 thiết bị khác`. */
  readonly silentNames: string | null;
  readonly isGateway: boolean;
  readonly link: string | null;
  /** `OK 3` is what to send back. */
  readonly code: number | null;
}

/** The first few tell which village it is; all of them would fill the screen. */
const mostNames = 3;

export function storyOf({ event, alert, acknowledge }: News, language: Language): Story {
  const over = event === "resolved";
  const { placeName, quantity, value, limit } = alert;
  return {
    mark: markOf(event, alert, language),
    title: oneLine(alert.title[language]),
    place: placeName === null ? null : oneLine(placeName),
    device: oneLine(calledAs(alert)),
    deviceName: oneLine(alert.deviceName),
    quantity: quantity === null ? null : (quantityOf(quantity)?.label[language] ?? quantity),
    value:
      quantity === null || value === null ? null : valueInWords(quantity, value, limit ?? value)[language],
    limit: quantity === null || limit === null ? null : valueInWords(quantity, limit)[language],
    since: timeInWords(alert.sinceMs)[language],
    until: untilOf(alert, language),
    advice: over ? null : oneLine(alert.advice[language]),
    deadline: over ? null : deadlineOf(alert, language),
    ending: over && alert.resolvedBecause !== null ? `${endings[alert.resolvedBecause][language]}.` : null,
    note: noteOf(event, alert, language),
    ...silentOf(alert, language),
    isGateway: isGateway(alert),
    link: acknowledge?.url ?? null,
    code: acknowledge?.code ?? null,
  };
}

/** A note is over as it begins: to say until when would say nothing. */
function untilOf({ sinceMs, resolvedAtMs }: Alert, language: Language): string | null {
  return resolvedAtMs === null || resolvedAtMs === sinceMs ? null : timeInWords(resolvedAtMs)[language];
}

function deadlineOf({ actByMs, severity }: Alert, language: Language): string {
  if (actByMs === null) return urgency[severity][language];
  return withWords(phrases.actBy[language], { time: timeInWords(actByMs)[language] });
}

/** An alert about a gateway stands under `gateway:ID`. */
function isGateway({ device }: Alert): boolean {
  return device.startsWith("gateway:");
}

function calledAs({ device, deviceName }: Alert): string {
  const id = device.replace(/^gateway:/, "");
  return deviceName === id || deviceName === device ? id : `${deviceName} (${id})`;
}

function silentOf(
  { silentDevices, title }: Alert,
  language: Language,
): Pick<Story, "silent" | "silentNames"> {
  const count = silentDevices.length;
  const counted = withWords(phrases.devices[language], { count });
  if (count === 0 || says(title[language], counted)) return { silent: null, silentNames: null };
  const named = silentDevices.slice(0, mostNames).map(oneLine).join(", ");
  const rest = count - mostNames;
  return {
    silent: withWords(phrases.silent[language], { count }),
    silentNames: rest > 0 ? withWords(phrases.silentMore[language], { names: named, count: rest }) : named,
  };
}

function markOf(event: News["event"], { severity }: Alert, language: Language): string {
  if (event === "resolved") return labels.ended[language];
  const more = eventWords[event][language];
  const severe = severityWords[severity][language];
  return more === "" ? severe : `${severe}, ${more}`;
}

function noteOf(event: News["event"], alert: Alert, language: Language): string | null {
  const at = (timeMs: number) => ({ time: timeInWords(timeMs)[language] });
  if (event === "escalated") return withWords(phrases.escalated[language], at(alert.firedAtMs));
  if (event === "flapping") return phrases.flapping[language];
  if (alert.state === "snoozed" && alert.snoozedUntilMs !== null)
    return withWords(phrases.snoozed[language], at(alert.snoozedUntilMs));
  if (alert.state !== "acknowledged" || alert.acknowledgedAtMs === null) return null;
  return withWords(phrases.acknowledged[language], at(alert.acknowledgedAtMs));
}

/** A name may hold anything; in a subject a line break would begin another header. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim()
    .normalize("NFC");
}

/** Whether a text says this already: a title mostly names its place and its value. */
export function says(text: string, piece: string): boolean {
  return text.toLocaleLowerCase("vi").includes(piece.toLocaleLowerCase("vi"));
}

/** What was measured, where the title does not say it: `Oxy hòa tan (DO): 2,4 mg/l`. */
export function unsaidValue({ title, quantity, value }: Story): string | null {
  return value === null || says(title, value) ? null : `${quantity}: ${value}`;
}

export function unsaidPlace({ title, place }: Story): string | null {
  return place === null || says(title, place) ? null : place;
}

/** A text that ends as a sentence does. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** At most so many characters, cut between words. */
export function shortened(text: string, mostChars: number): string {
  const characters = [...text];
  if (characters.length <= mostChars) return text;
  const cut = characters.slice(0, mostChars - 1).join("");
  const space = cut.lastIndexOf(" ");
  return `${(space > mostChars / 2 ? cut.slice(0, space) : cut).replace(/[\s,;:.–-]+$/u, "")}…`;
}
