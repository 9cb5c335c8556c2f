import type { GatewayRule } from "../rules/index.ts";
import type { Alert, ResolveReason } from "./alert.ts";
import type { AlertLedger } from "./alert-ledger.ts";
import { composeAgain, composeAlert, type Finding, gatewaySubject, type Names } from "./compose-alert.ts";
import type { DeviceWatch } from "./device-watch.ts";

/** A device that nobody knows the interval of is given this long for its turn. */
const usualTurnMs = 900_000;
/** Radios and clocks are not punctual. */
const late = 1.1;
/** Silence behind a gateway in doubt is kept back no longer than this. */
const longestHoldMs = 3_600_000;

interface Lost {
  readonly rule: GatewayRule;
  readonly alert: string;
  readonly silent: Set<string>;
}

/** Up to when we have heard everything, and since when without a break. Server time. */
interface Turn {
  readonly heardMs: number;
  readonly maySpeakMs: number;
}

/**
 * Tells the loss of a gateway from the silence of devices. All that stand behind a lost one are one alert, which names them; while that
 * is in doubt, their silence is kept back for a turn. Who stays silent after the gateway is back is silent by itself.
 */
export class GatewayWatch {
  #rules: readonly GatewayRule[];
  readonly #ledger: AlertLedger;
  readonly #names: Names;
  readonly #lost = new Map<string, Lost>();
  /** Server time at which a lost gateway was heard of again. */
  readonly #backAtMs = new Map<string, number>();
  #behind = new Map<string, readonly DeviceWatch[]>();

  constructor(rules: readonly GatewayRule[], ledger: AlertLedger, names: Names) {
    this.#rules = rules;
    this.#ledger = ledger;
    this.#names = names;
  }

  /**
   * Goes on with other rules.
   * @returns the alerts of rules that hold no more
   */
  follow(rules: readonly GatewayRule[]): string[] {
    this.#rules = rules;
    const over = [...this.#lost].filter(([, { rule }]) => !rules.includes(rule));
    for (const [gateway] of over) this.#lost.delete(gateway);
    return over.map(([, { alert }]) => alert);
  }

  /** Takes up an open alert from before this start. */
  recall(gateway: string, rule: GatewayRule, alert: Alert): void {
    this.#lost.set(gateway, { rule, alert: alert.id, silent: new Set() });
  }

  /**
   * Judges all gateways by the devices behind them.
   */
  judge(
    devices: Iterable<DeviceWatch>,
    { heardMs, maySpeakMs }: Turn,
    { onFired, onOver }: { onFired(): void; onOver(alert: string, because: ResolveReason): void },
  ): void {
    if (this.#rules.length === 0) return;
    this.#behind = membersOf(devices);
    for (const [gateway, { alert }] of this.#lost) {
      if (this.#behind.has(gateway)) continue;
      this.#lost.delete(gateway);
      onOver(alert, "device-removed");
    }
    for (const [gateway, members] of this.#behind) {
      const lost = this.#lost.get(gateway);
      if (lost) this.#join(lost, gateway, members, { heardMs, maySpeakMs });
      else if (this.#isFoundLost(gateway, members, { heardMs, maySpeakMs })) onFired();
    }
  }

  /**
   * A device spoke. If it was one of those silent behind a lost gateway, the gateway is back; one that never fell silent has another way.
   * @returns the alert that is over
   */
  heard({ device, gateway }: DeviceWatch, atMs: number): string | undefined {
    const lost = gateway === null ? undefined : this.#lost.get(gateway);
    if (gateway === null || !lost || !this.#isSilentBehind(lost, device)) return undefined;
    this.#lost.delete(gateway);
    this.#backAtMs.set(gateway, atMs);
    return lost.alert;
  }

  /** Whether a device's silence is its gateway's, or may be: then it is not told by itself, or not yet. */
  keepsBack(device: DeviceWatch, firedAtMs: number, heardMs: number): boolean {
    const { gateway } = device;
    if (gateway === null || this.#rules.length === 0) return false;
    if (this.#lost.has(gateway)) return true;
    const backAtMs = this.#backAtMs.get(gateway);
    if (backAtMs !== undefined && heardMs < backAtMs + turnMs(device)) return true;
    if (heardMs >= Math.max(firedAtMs, backAtMs ?? 0) + Math.min(turnMs(device), longestHoldMs)) return false;
    return this.#isInDoubt(device);
  }

  #isSilentBehind({ silent, alert }: Lost, device: string): boolean {
    // Before this start it went by its name only.
    return (
      silent.has(device) || this.#ledger.get(alert)!.alert.silentDevices.includes(this.#names.device(device))
    );
  }

  /** Nearly nobody behind the gateway was heard since the device should have spoken next. */
  #isInDoubt(device: DeviceWatch): boolean {
    const members = this.#behind.get(device.gateway!) ?? [];
    const nextMs = device.lastSeenMs + late * turnMs(device);
    const heard = members.filter(({ lastSeenMs }) => lastSeenMs > nextMs).length;
    return this.#rules.some(
      ({ fewestDevices, share }) =>
        members.length >= fewestDevices && heard <= (1 - share) * (members.length - 1),
    );
  }

  /** @returns whether it was found lost now */
  #isFoundLost(gateway: string, members: readonly DeviceWatch[], turn: Turn): boolean {
    for (const rule of this.#rules) {
      const concerned = members.filter(({ device, standing }) => rule.concerns(device, standing));
      if (concerned.length < rule.fewestDevices) continue;
      const silent = this.#silentBy(rule, gateway, concerned, turn);
      if (silent.length < rule.fewestDevices || silent.length < rule.share * voices(concerned, silent))
        continue;
      this.#fire(rule, gateway, silent);
      return true;
    }
    return false;
  }

  #fire(rule: GatewayRule, gateway: string, silent: readonly DeviceWatch[]): void {
    const finding = this.#finding(rule, gateway, silent);
    const alert = composeAlert(this.#names, rule, finding);
    this.#ledger.fire(alert, rule.fingerprint, null);
    this.#lost.set(gateway, {
      rule,
      alert: alert.id,
      silent: new Set(silent.map(({ device }) => device)),
    });
  }

  /** Those silent for too long, who are not silent by themselves already. */
  #silentBy(rule: GatewayRule, gateway: string, members: readonly DeviceWatch[], turn: Turn): DeviceWatch[] {
    const backAtMs = this.#backAtMs.get(gateway) ?? Number.NEGATIVE_INFINITY;
    return members.filter((member) => {
      const limitMs = rule.afterMs(member.intervalMs);
      // Who has not spoken since the gateway was lost the last time tells nothing of the next.
      if (limitMs === null || member.lastSeenMs < backAtMs) return false;
      if (member.silences.some(({ alert }) => alert !== null)) return false;
      const hadItsTurn = turn.heardMs >= turn.maySpeakMs + Math.min(limitMs, turnMs(member));
      return hadItsTurn && turn.heardMs >= member.lastSeenMs + limitMs;
    });
  }

  #join(
    { rule, alert: id, silent }: Lost,
    gateway: string,
    members: readonly DeviceWatch[],
    turn: Turn,
  ): void {
    const more = this.#silentBy(rule, gateway, members, turn).filter(({ device }) => !silent.has(device));
    for (const member of more) {
      silent.add(member.device);
      const { alert } = this.#ledger.get(id)!;
      const name = this.#names.device(member.device);
      // Named already, before this start.
      if (alert.silentDevices.includes(name)) continue;
      const finding = {
        ...this.#finding(rule, gateway, [member]),
        silentDevices: [...alert.silentDevices, name],
      };
      const severity = alert.severity;
      this.#ledger.join(composeAgain(this.#names, rule, alert, { ...finding, severity }), name, turn.heardMs);
    }
  }

  #finding(rule: GatewayRule, gateway: string, silent: readonly DeviceWatch[]): Finding {
    const last = silent.reduce((one, other) => (other.lastSeenMs > one.lastSeenMs ? other : one));
    const limitMs = rule.afterMs(last.intervalMs) ?? 0;
    return {
      severity: rule.severity,
      device: gatewaySubject(gateway),
      // Those who look after this place are told; a gateway stands nowhere that we know of.
      standing: last.standing,
      sinceMs: last.lastSeenMs,
      firedAtMs: Math.max(...silent.map((each) => each.lastSeenMs + (rule.afterMs(each.intervalMs) ?? 0))),
      startMs: last.lastSeenMs,
      measured: null,
      lasted: { spanMs: limitMs, limitMs },
      silentDevices: silent.map(({ device }) => this.#names.device(device)),
    };
  }
}

const turnMs = ({ intervalMs }: DeviceWatch) => intervalMs ?? usualTurnMs;

function membersOf(devices: Iterable<DeviceWatch>): Map<string, readonly DeviceWatch[]> {
  const behindOne = [...devices].filter(({ gateway }) => gateway !== null);
  return Map.groupBy(behindOne, ({ gateway }) => gateway!);
}

/** Those who say something of the gateway: the silent, and whoever was heard after them. Of the others it was not the turn yet. */
function voices(members: readonly DeviceWatch[], silent: readonly DeviceWatch[]): number {
  const isSilent = new Set(silent);
  const lastMs = Math.max(...silent.map((each) => each.lastSeenMs + late * turnMs(each)));
  const speaking = members.filter((each) => !isSilent.has(each) && each.lastSeenMs > lastMs);
  return silent.length + speaking.length;
}
