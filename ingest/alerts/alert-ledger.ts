import {
  fillIn,
  notifiersFor,
  type Route,
  type Rule,
  type Severity,
  type Standing,
  type Texts,
} from "../rules/index.ts";
import { type Alert, alertId, type ResolveReason } from "./alert.ts";
import { spanInWords, timeInWords, valueInWords } from "./wording.ts";

/** How people call what ids stand for. */
export interface Names {
  device(id: string): string;
  /** A parcel, pond or shed. */
  place(id: string): string;
}

/** What a rule found on a device when it fired. */
export interface Finding {
  readonly severity: Severity;
  readonly device: string;
  readonly standing: Standing;
  readonly sinceMs: number;
  readonly firedAtMs: number;
  /** What tells this alert from the others of the rule on the device; see `alertId`. */
  readonly startMs: number;
  readonly measured: {
    readonly quantity: string;
    readonly value: number;
    readonly limit: number | null;
  } | null;
  /** For rules about time: how long it has been, how long it may be. */
  readonly lasted?: { readonly spanMs: number; readonly limitMs: number };
}

/** An alert that has changed and is not saved yet. */
export interface AlertChange {
  readonly alert: Alert;
  readonly fingerprint: string;
  /** Who is to be told that it fired; empty when that is saved already. */
  readonly tellFired: readonly string[];
}

const nowhere: Texts = { vi: "Chưa rõ vị trí", en: "Place not known" };

/** The open alerts, and what has changed of any since it was last saved. Alerts themselves never change: a new one takes the place. */
export class AlertLedger {
  readonly #names: Names;
  readonly #routes: readonly Route[];
  readonly #open = new Map<string, { alert: Alert; fingerprint: string }>();
  #changes = new Map<string, AlertChange>();

  constructor(names: Names, routes: readonly Route[]) {
    this.#names = names;
    this.#routes = routes;
  }

  /** Takes up an open alert from before this start. */
  recall(alert: Alert, fingerprint: string): void {
    this.#open.set(alert.id, { alert, fingerprint });
  }

  fire(rule: Rule, finding: Finding): Alert {
    const alert = this.#compose(rule, finding);
    this.#open.set(alert.id, { alert, fingerprint: rule.fingerprint });
    this.#note(
      alert,
      rule.fingerprint,
      notifiersFor({ name: rule.name, severity: finding.severity }, this.#routes),
    );
    return alert;
  }

  resolve({ id }: Alert, resolvedAtMs: number, resolvedBecause: ResolveReason): void {
    const { alert, fingerprint } = this.#open.get(id)!;
    this.#open.delete(id);
    this.#note({ ...alert, state: "resolved", resolvedAtMs, resolvedBecause }, fingerprint);
  }

  /** @returns the alert as it is then; undefined when it is not open */
  acknowledge(id: string, by: string, nowMs: number): Alert | undefined {
    const open = this.#open.get(id);
    if (!open || open.alert.state === "acknowledged") return open?.alert;
    open.alert = { ...open.alert, state: "acknowledged", acknowledgedAtMs: nowMs, acknowledgedBy: by };
    this.#note(open.alert, open.fingerprint);
    return open.alert;
  }

  get openAlerts(): number {
    return this.#open.size;
  }

  /** In the order in which the alerts changed first. */
  get changes(): readonly AlertChange[] {
    return [...this.#changes.values()];
  }

  get hasChanges(): boolean {
    return this.#changes.size > 0;
  }

  /** What `changes` told is on disk now. */
  saved(): void {
    this.#changes = new Map();
  }

  #note(alert: Alert, fingerprint: string, tellFired: readonly string[] = []): void {
    const unsaved = this.#changes.get(alert.id)?.tellFired ?? [];
    this.#changes.set(alert.id, { alert, fingerprint, tellFired: [...unsaved, ...tellFired] });
  }

  #compose(rule: Rule, finding: Finding): Alert {
    const { severity, device, standing, sinceMs, firedAtMs, startMs, measured } = finding;
    const words = this.#words(finding);
    const told = rule.told(severity);
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
      quantity: measured?.quantity ?? null,
      value: measured?.value ?? null,
      limit: measured?.limit ?? null,
      title: fillIn(told.title, words),
      advice: fillIn(told.advice, words),
      sinceMs,
      firedAtMs,
      acknowledgedAtMs: null,
      acknowledgedBy: null,
      resolvedAtMs: null,
      resolvedBecause: null,
    };
  }

  #words({ device, standing, sinceMs, measured, lasted }: Finding) {
    const place = standing.place === null ? nowhere : sameInBoth(this.#names.place(standing.place));
    const since = timeInWords(sinceMs);
    const named = { device: sameInBoth(this.#names.device(device)), place, since };
    if (measured === null) {
      const { spanMs, limitMs } = lasted ?? { spanMs: 0, limitMs: 0 };
      return { ...named, value: spanInWords(spanMs), limit: spanInWords(limitMs) };
    }
    const { quantity, value, limit } = measured;
    if (limit === null) return { ...named, value: valueInWords(quantity, value), limit: sameInBoth("–") };
    return { ...named, value: valueInWords(quantity, value, limit), limit: valueInWords(quantity, limit) };
  }
}

function sameInBoth(text: string): Texts {
  return { vi: text, en: text };
}
