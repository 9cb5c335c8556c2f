import { notifiersFor, type Route, type Severity, severities } from "../rules/index.ts";
import type { Alert, ResolveReason } from "./alert.ts";
import type { AlertStep, AlertStepKind } from "./alert-step.ts";
import type { AlertEvent } from "./notifier.ts";

/**
 * Why nobody is told of an alert yet: it was measured in the past, and no live reading has confirmed it; or it comes and goes, and that
 * has been told.
 */
export interface Withheld {
  readonly because: "history" | "flapping";
  /** Server time at which it is told if it is still open; null: not by time. */
  readonly untilMs: number | null;
}

/** An open alert with what is kept beside it. */
export interface OpenAlert {
  readonly alert: Alert;
  readonly fingerprint: string;
  /** Length of its history. */
  readonly steps: number;
  readonly withheld: Withheld | null;
}

/** Something to tell of an alert. */
export interface News {
  readonly event: AlertEvent;
  /** The step of the history that it tells of. */
  readonly step: number;
  /** By the routes, as they are now. */
  readonly notifiers: readonly string[];
}

/** An alert that has changed and is not saved yet. */
export interface AlertChange {
  readonly alert: Alert;
  readonly fingerprint: string;
  readonly withheld: Withheld | null;
  /** Place in the history of the first of `steps`. */
  readonly firstStep: number;
  readonly steps: readonly AlertStep[];
  readonly news: readonly News[];
}

/** The open alerts, and what has changed of any since it was last saved. Alerts themselves never change: a new one takes the place. */
export class AlertLedger {
  readonly #routes: readonly Route[];
  readonly #open = new Map<string, OpenAlert>();
  /** Those to which something happens by the clock: a snooze or a silence about them ends. */
  readonly #timed = new Set<string>();
  #changes = new Map<string, AlertChange>();

  constructor(routes: readonly Route[]) {
    this.#routes = routes;
  }

  /** Takes up an open alert from before this start. */
  recall(open: OpenAlert): void {
    this.#keep(open);
  }

  get(id: string): OpenAlert | undefined {
    return this.#open.get(id);
  }

  /** @param flaps it comes and goes too often: that is told instead, and nothing of the next ones until `withheld` ends */
  fire(alert: Alert, fingerprint: string, withheld: Withheld | null, flaps = false): void {
    this.#keep({ alert, fingerprint, steps: 0, withheld });
    this.#note(alert, { atMs: alert.firedAtMs, what: "fired" }, withheld || flaps ? [] : ["fired"]);
    if (flaps) this.#note(alert, { atMs: alert.firedAtMs, what: "flapping" }, ["flapping"]);
  }

  /** It has another severity now. Graver, it counts as unattended again: whoever took it on took on something lesser. */
  restate(alert: Alert, atMs: number): void {
    const before = this.#open.get(alert.id)!.alert.severity;
    const worse = severities.indexOf(alert.severity) > severities.indexOf(before);
    const stated: Alert = worse ? { ...alert, state: "firing", snoozedUntilMs: null } : alert;
    this.#replace(stated, { atMs, what: worse ? "worsened" : "eased" }, [worse ? "worsened" : "eased"]);
  }

  /** A device joined those that are silent behind a lost gateway. Nobody is told again. */
  join(alert: Alert, name: string, atMs: number): void {
    this.#replace(alert, { atMs, what: "joined", detail: name }, []);
  }

  /** What was withheld is told, because it has proved to be so. */
  confirm(id: string): void {
    const open = this.#open.get(id)!;
    if (open.withheld === null) return;
    this.#keep({ ...open, withheld: null });
    this.#note(open.alert, null, ["fired"]);
  }

  resolve({ id }: Pick<Alert, "id">, resolvedAtMs: number, resolvedBecause: ResolveReason): void {
    const { alert } = this.#open.get(id)!;
    const over = {
      ...alert,
      state: "resolved",
      snoozedUntilMs: null,
      resolvedAtMs,
      resolvedBecause,
    } as const;
    this.#replace(over, { atMs: resolvedAtMs, what: "resolved", detail: resolvedBecause }, ["resolved"]);
    this.#open.delete(id);
    this.#timed.delete(id);
  }

  /** @returns the alert as it is then; undefined when it is not open */
  acknowledge(id: string, by: string, nowMs: number): Alert | undefined {
    const alert = this.#open.get(id)?.alert;
    if (!alert || alert.state === "acknowledged") return alert;
    const taken = {
      ...alert,
      state: "acknowledged",
      acknowledgedAtMs: nowMs,
      acknowledgedBy: by,
      snoozedUntilMs: null,
    } as const;
    return this.#replace(taken, { atMs: nowMs, what: "acknowledged", who: by }, []);
  }

  /** @returns the alert as it is then; undefined when it is not open */
  snooze(id: string, by: string, untilMs: number, nowMs: number): Alert | undefined {
    const alert = this.#open.get(id)?.alert;
    if (!alert) return undefined;
    const asleep = { ...alert, state: "snoozed", snoozedUntilMs: untilMs } as const;
    return this.#replace(asleep, { atMs: nowMs, what: "snoozed", who: by, detail: String(untilMs) }, []);
  }

  /** Ends the snoozes and the silences whose time is over. */
  tick(nowMs: number): void {
    for (const id of this.#timed) {
      const { alert, withheld } = this.#open.get(id)!;
      if (withheld?.untilMs != null && withheld.untilMs <= nowMs) this.confirm(id);
      if (alert.snoozedUntilMs !== null && alert.snoozedUntilMs <= nowMs) this.#wake(alert, nowMs);
    }
  }

  /** Puts a pseudonym in the place of a person who is to be forgotten. */
  forget(person: string, pseudonym: string): void {
    for (const open of this.#open.values()) {
      const { alert } = open;
      if (alert.acknowledgedBy === person)
        this.#keep({ ...open, alert: { ...alert, acknowledgedBy: pseudonym } });
    }
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

  #wake(alert: Alert, nowMs: number): void {
    const awake = { ...alert, state: "firing", snoozedUntilMs: null } as const;
    this.#replace(awake, { atMs: nowMs, what: "woke" }, ["fired"]);
  }

  #keep(open: OpenAlert): void {
    const { id, snoozedUntilMs } = open.alert;
    this.#open.set(id, open);
    if (snoozedUntilMs !== null || open.withheld?.untilMs != null) this.#timed.add(id);
    else this.#timed.delete(id);
  }

  #replace(alert: Alert, step: Step, events: readonly AlertEvent[]): Alert {
    const open = this.#open.get(alert.id)!;
    this.#keep({ ...open, alert });
    this.#note(alert, step, open.withheld === null || alert.state === "resolved" ? events : []);
    return alert;
  }

  /** @param step null when nothing has happened but that it is told now */
  #note(alert: Alert, step: Step | null, events: readonly AlertEvent[]): void {
    const open = this.#open.get(alert.id)!;
    const unsaved = this.#changes.get(alert.id);
    const at = step === null ? open.steps - 1 : open.steps;
    if (step !== null) this.#keep({ ...open, steps: open.steps + 1 });
    const news = events.map((event) => ({ event, step: at, notifiers: this.#notifiersFor(alert) }));
    const { fingerprint, withheld } = open;
    this.#changes.set(alert.id, {
      alert,
      fingerprint,
      withheld,
      firstStep: unsaved?.firstStep ?? at,
      steps: [...(unsaved?.steps ?? []), ...(step === null ? [] : [lineOf(step, alert.severity)])],
      news: [...(unsaved?.news ?? []), ...news],
    });
  }

  #notifiersFor({ rule, severity }: Alert): readonly string[] {
    return notifiersFor({ name: rule, severity }, this.#routes);
  }
}

interface Step {
  readonly atMs: number;
  readonly what: AlertStepKind;
  readonly who?: string;
  readonly detail?: string;
}

function lineOf({ atMs, what, who, detail }: Step, severity: Severity): AlertStep {
  return { atMs, what, who: who ?? null, severity, detail: detail ?? null };
}
