import { isDeepStrictEqual } from "node:util";
import { quantityOf, type Reading } from "../../devices/index.ts";
import type { Decoded, Rejection, RejectionReason } from "../decode/decoded.ts";
import { ofEachDevice } from "../decode/of-each-device.ts";
import type { Position } from "../journal/journal.ts";
import type { Rule, Severity, Standing } from "../rules/index.ts";
import { type Alert, type ResolveReason, resolveReasons } from "./alert.ts";
import { AlertLedger, type Withheld } from "./alert-ledger.ts";
import { nobody } from "./audience.ts";
import { composeAgain, composeAlert, type Finding, gatewayOfAlert } from "./compose-alert.ts";
import {
  type DeviceFacts,
  type DeviceMemory,
  DeviceWatch,
  type QuantityWatch,
  type ReadingWatch,
  type SilenceWatch,
} from "./device-watch.ts";
import { GatewayWatch } from "./gateway-watch.ts";
import { createListening } from "./listening.ts";
import { openOutbox } from "./outbox.ts";
import { clockWasPutRight, inOrder } from "./reading-order.ts";
import { createRuleBook } from "./rule-book.ts";
import { SavingRounds } from "./saving-rounds.ts";
import type { Watch, WatchParts } from "./watch.ts";
import { openWatchFile } from "./watch-file.ts";

/** Ticks in which every device is looked up again, to see whether it was moved, removed or given another interval. */
const lookUpTicks = 30;

/**
 * Opens the watch over the devices, where it was left.
 *
 * Memories are saved in rounds, some devices a tick; when all that had changed by the beginning of a round are saved, the
 * cursor moves to where the journal was then. An alert is saved at once, together with the memory of its device. So a
 * memory may be ahead of the cursor, never behind it: each knows the last uplink it took in, and leaves out what a crash
 * makes us read again. The same alerts come of it under the same identities, and what was told is not told again.
 */
export function openWatch(parts: WatchParts): Watch {
  const { where, intervalOf, gatewayOf, names, journalEnd, now, log, audience = nobody } = parts;
  const { roundEveryMs = 0 } = parts;
  let book = createRuleBook(parts.rules.rules);
  const file = openWatchFile(parts.file, audience);
  const outbox = openOutbox(parts.file, audience);
  const ledger = new AlertLedger(parts.rules.routes);
  const gateways = new GatewayWatch(book.gateways, ledger, names);
  const listening = createListening();
  const devices = new Map<string, DeviceWatch>();
  const listeners = new Set<(alert: Alert) => void>();

  let position = startingPosition();
  const rounds = new SavingRounds(position, roundEveryMs);
  let heardUpToMs = 0;
  let failure: Error | null = null;
  let lookUps: IterableIterator<DeviceWatch> = devices.values();
  const counters = { evaluated: 0, history: 0, overtaken: 0, fired: 0, commits: 0 };
  const resolved = Object.fromEntries(resolveReasons.map((reason) => [reason, 0])) as Record<
    ResolveReason,
    number
  >;

  recall();
  announce(commit(now()));

  return {
    cursor: () => rounds.savedPosition,
    handle,
    tick,
    useRules,
    alerts: (query) => file.alerts(query),
    alert: (id) => file.alert(id),
    acknowledgedAt: (device, span) => file.acknowledgedAt(device, span),
    acknowledge(id, by, nowMs) {
      if (!ledger.acknowledge(id, by, nowMs)) return file.alert(id);
      if (ledger.hasChanges) announce(commit(nowMs));
      return file.alert(id);
    },
    snooze(id, by, untilMs, nowMs) {
      ledger.snooze(id, by, untilMs, nowMs);
      if (ledger.hasChanges) announce(commit(nowMs));
      return file.alert(id);
    },
    history: (id) => file.history(id),
    prune: (nowMs, keep) => file.prune(nowMs, keep),
    persons: {
      ...file.persons,
      forget(person, pseudonym, nowMs) {
        if (ledger.hasChanges) announce(commit(nowMs));
        ledger.forget(person, pseudonym);
        return file.persons.forget(person, pseudonym, nowMs);
      },
    },
    onAlert(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    lastSeen: (device) => devices.get(device)?.lastSeenMs ?? null,
    counters: () => ({
      ...counters,
      resolved: { ...resolved },
      openAlerts: ledger.openAlerts,
      devices: devices.size,
    }),
    failing: () => failure,
    outbox,
    close() {
      rounds.hurry(position);
      trySave(now());
      outbox.close();
      file.close();
    },
  };

  function handle(batch: readonly Decoded[], next: Position): void {
    for (const decoded of batch) {
      if (decoded.uplink.position >= position) for (const each of ofEachDevice(decoded)) take(each);
    }
    position = Math.max(position, next);
    if (ledger.hasChanges && !failure) trySave(now());
  }

  function tick(nowMs: number): void {
    // Nothing waits in the journal: then whoever was not heard by now did not speak.
    heardUpToMs = position >= journalEnd() ? nowMs : Math.min(heardUpToMs, nowMs);
    const heardMs = listening.tick(nowMs, heardUpToMs);
    lookUpSome(nowMs);
    if (heardMs !== null) judgeSilences(heardMs);
    ledger.tick(nowMs);
    rounds.proceed(nowMs, position);
    trySave(nowMs);
  }

  function useRules(rules: readonly Rule[], nowMs: number): void {
    book = createRuleBook(rules);
    for (const id of gateways.follow(book.gateways)) end(id, nowMs, "rule-changed");
    for (const device of devices.values()) {
      for (const { id } of device.follow(book, nowMs)) end(id, nowMs, "rule-changed");
      rounds.noteChange(device);
    }
    announce(commit(nowMs));
  }

  function take({ uplink, readings, rejections }: Decoded): void {
    heardUpToMs = Math.max(heardUpToMs, uplink.receivedAtMs);
    const device = devices.get(uplink.device) ?? meet(uplink.device, uplink.receivedAtMs);
    if (!device || uplink.position <= device.takenTo) return;
    device.takenTo = uplink.position;
    // It spoke, so it is alive, even if one of its probes talks nonsense.
    device.lastSeenMs = uplink.receivedAtMs;
    rounds.noteChange(device);
    for (const watch of device.silences) {
      if (watch.alert) resolve(watch, uplink.receivedAtMs, "heard-again");
    }
    const back = gateways.heard(device, uplink.receivedAtMs);
    if (back !== undefined) end(back, uplink.receivedAtMs, "heard-again");
    for (const reading of inOrder(readings)) {
      if (!reading.live) counters.history++;
      judge(device, device.quantity(reading.quantity), reading);
    }
    for (const rejection of rejections) judgeRefusal(device, rejection);
  }

  function judge(device: DeviceWatch, quantity: QuantityWatch, reading: Reading): void {
    if (quantity.watches.length === 0) return;
    const { measuredAtMs, value } = reading;
    if (measuredAtMs <= quantity.lastMs && !clockWasPutRight(quantity.lastMs, reading)) {
      if (reading.live) counters.overtaken++;
      return;
    }
    quantity.lastMs = measuredAtMs;
    if (reading.live) counters.evaluated++;
    for (const watch of quantity.watches)
      follow(device, watch, watch.watcher.judge(measuredAtMs, value, reading.quantity), reading);
  }

  /** A value that could not be one says nothing of the field, but something of the probe. */
  function judgeRefusal(device: DeviceWatch, { quantity, measuredAtMs, reason }: Rejection): void {
    if (quantity === null || measuredAtMs === null || !tellsOfProbe.has(reason)) return;
    if (!quantityOf(quantity)) return;
    for (const watch of device.quantity(quantity).watches) {
      if (!watch.watcher.refuse) continue;
      follow(device, watch, watch.watcher.refuse(measuredAtMs, quantity), { measuredAtMs, live: true });
    }
  }

  function follow(
    device: DeviceWatch,
    watch: ReadingWatch,
    verdict: Severity | null,
    { measuredAtMs, live }: Pick<Reading, "measuredAtMs" | "live">,
  ): void {
    if (verdict === null) {
      if (watch.alert) resolve(watch, measuredAtMs, "cleared");
    } else if (watch.alert) goOn(device, watch, verdict, measuredAtMs, live);
    else {
      const finding = findingOf(device, watch, verdict, measuredAtMs);
      watch.alert = live
        ? fire(device, watch, finding)
        : record(watch.rule, finding, { because: "history", untilMs: null });
    }
  }

  /** It fires as before: perhaps with another severity, perhaps now by a live reading. */
  function goOn(
    device: DeviceWatch,
    watch: ReadingWatch,
    severity: Severity,
    atMs: number,
    live: boolean,
  ): void {
    const { alert, withheld } = ledger.get(watch.alert!.id)!;
    if (severity !== alert.severity) {
      const finding = findingOf(device, watch, severity, atMs);
      ledger.restate(composeAgain(names, watch.rule, alert, finding), atMs);
    }
    if (live && withheld?.because === "history") ledger.confirm(alert.id);
  }

  function findingOf(
    { device, standing }: DeviceWatch,
    { rule, watcher }: ReadingWatch,
    severity: Severity,
    atMs: number,
  ): Finding {
    const measured = { quantity: rule.quantity, value: watcher.judged, limit: watcher.limit };
    return { severity, device, standing, sinceMs: watcher.sinceMs, firedAtMs: atMs, startMs: atMs, measured };
  }

  /** Somebody is told, unless it comes and goes. */
  function fire(device: DeviceWatch, { rule, key }: ReadingWatch | SilenceWatch, finding: Finding): Alert {
    const { flaps, quietUntilMs } = device.fires(key, finding.firedAtMs, finding.severity);
    const quiet = quietUntilMs === null ? null : ({ because: "flapping", untilMs: quietUntilMs } as const);
    return record(rule, finding, quiet, flaps);
  }

  function record(rule: Rule, finding: Finding, withheld: Withheld | null, flaps = false): Alert {
    counters.fired++;
    const alert = composeAlert(names, rule, finding);
    ledger.fire(alert, rule.fingerprint, withheld, flaps);
    return alert;
  }

  function judgeSilences(heardMs: number): void {
    gateways.judge(
      devices.values(),
      { heardMs, maySpeakMs: listening.sinceMs },
      {
        onFired: () => {
          counters.fired++;
        },
        onOver: (alert, because) => end(alert, heardMs, because),
      },
    );
    for (const device of devices.values()) judgeSilence(device, heardMs);
  }

  function judgeSilence(device: DeviceWatch, heardMs: number): void {
    const { lastSeenMs, intervalMs, standing } = device;
    for (const watch of device.silences) {
      const limitMs = watch.rule.afterMs(intervalMs);
      if (watch.alert || limitMs === null) continue;
      const sinceMs = Math.max(lastSeenMs, watch.fromMs);
      const firedAtMs = sinceMs + limitMs;
      // We must have listened long enough ourselves for the device to have its turn.
      const graceMs = Math.min(limitMs, intervalMs ?? limitMs);
      if (heardMs < firedAtMs || heardMs < listening.sinceMs + graceMs) continue;
      if (gateways.keepsBack(device, firedAtMs, heardMs)) continue;
      const lasted = { spanMs: limitMs, limitMs };
      const { severity } = watch.rule;
      const about = { severity, device: device.device, standing, sinceMs, firedAtMs, startMs: sinceMs };
      watch.alert = fire(device, watch, { ...about, measured: null, lasted });
      rounds.noteChange(device);
    }
  }

  function resolve(watch: ReadingWatch | SilenceWatch, atMs: number, because: ResolveReason): void {
    end(watch.alert!.id, atMs, because);
    watch.alert = null;
  }

  function end(id: string, atMs: number, because: ResolveReason): void {
    ledger.resolve({ id }, atMs, because);
    resolved[because]++;
  }

  /** A device speaks that was not watched before. */
  function meet(id: string, receivedAtMs: number): DeviceWatch | undefined {
    const standing = where(id);
    if (!standing) return undefined;
    const device = new DeviceWatch(factsOf(id, standing), receivedAtMs, book);
    device.countSilences(() => receivedAtMs);
    devices.set(id, device);
    return device;
  }

  function factsOf(device: string, standing: Standing): DeviceFacts {
    return { device, standing, intervalMs: intervalOf(device), gateway: gatewayOf?.(device) ?? null };
  }

  /** A journal that ends before the cursor is an older one, out of a backup: its positions will be given to other uplinks. */
  function startingPosition(): Position {
    const end = journalEnd();
    if (file.cursor <= end) return file.cursor;
    log.warn(
      { cursor: file.cursor, journalEnd: end },
      "the journal is older than the alerts; going on from its end",
    );
    return end;
  }

  /** Takes up what was left on disk, and ends the alerts that have lost their rule or their device. */
  function recall(): void {
    const nowMs = now();
    for (const { device: id, lastSeenMs, memory } of file.devices()) {
      const standing = where(id);
      if (!standing) {
        rounds.noteRemoved(id);
        continue;
      }
      const device = new DeviceWatch(factsOf(id, standing), lastSeenMs, book);
      device.recall(JSON.parse(memory) as DeviceMemory, nowMs);
      // Positions that an older journal will give to other uplinks.
      device.takenTo = Math.min(device.takenTo, journalEnd() - 1);
      devices.set(id, device);
      // What was left behind must be forgotten on disk, too: the same rule may come back.
      if (memory !== device.memory()) rounds.noteChange(device);
    }
    for (const open of file.openAlerts()) {
      ledger.recall(open);
      const rule = book.byKey(`${open.alert.rule}@${open.fingerprint}`);
      const gateway = gatewayOfAlert(open.alert);
      if (gateway === null) recallAlert(open.alert, rule, nowMs);
      else if (rule?.watches === "gateways") gateways.recall(gateway, rule, open.alert);
      else end(open.alert.id, nowMs, "rule-changed");
    }
  }

  function recallAlert(alert: Alert, rule: Rule | undefined, nowMs: number): void {
    const device = devices.get(alert.device);
    const watch = device?.allWatches().find((each) => each.rule === rule);
    if (watch) watch.alert = alert;
    else end(alert.id, nowMs, !device ? "device-removed" : rule ? "device-moved" : "rule-changed");
  }

  /** Looks up some of the devices again, so that all have their turn without a pause for anybody. */
  function lookUpSome(nowMs: number): void {
    for (let left = Math.ceil(devices.size / lookUpTicks); left > 0; left--) {
      const { done, value: device } = lookUps.next();
      if (done) {
        lookUps = devices.values();
        return;
      }
      lookUp(device, nowMs);
    }
  }

  function lookUp(device: DeviceWatch, nowMs: number): void {
    const standing = where(device.device);
    if (!standing) {
      remove(device, nowMs);
      return;
    }
    const { intervalMs, gateway } = factsOf(device.device, standing);
    device.intervalMs = intervalMs;
    device.gateway = gateway;
    if (isDeepStrictEqual(standing, device.standing)) return;
    for (const { id } of device.moveTo(standing, nowMs)) end(id, nowMs, "device-moved");
    rounds.noteChange(device);
  }

  function remove(device: DeviceWatch, nowMs: number): void {
    for (const { alert } of device.allWatches()) if (alert) end(alert.id, nowMs, "device-removed");
    devices.delete(device.device);
    rounds.noteRemoved(device.device);
  }

  /** @returns the alerts that were saved and are news */
  function commit(nowMs: number): readonly Alert[] {
    const changes = ledger.changes;
    const { devices: saving, removed, cursor } = rounds.due;
    if (cursor === rounds.savedPosition && changes.length + saving.length + removed.length === 0) return [];
    const touched = new Set(changes.flatMap(({ alert }) => concernedBy(alert)));
    const present = [...touched, ...saving].filter((device) => devices.get(device.device) === device);
    file.commit({ cursor, devices: present, removed, alerts: changes, nowMs });
    rounds.saved();
    ledger.saved();
    counters.commits++;
    return changes.filter(({ withheld }) => withheld?.because !== "history").map(({ alert }) => alert);
  }

  /**
   * Whose memory must be as new on disk as the alert: read again after a crash, an uplink from before a gateway was lost would say
   * that it is back.
   */
  function concernedBy(alert: Alert): DeviceWatch[] {
    const gateway = gatewayOfAlert(alert);
    if (gateway !== null) return [...devices.values()].filter((device) => device.gateway === gateway);
    const device = devices.get(alert.device);
    return device === undefined ? [] : [device];
  }

  /** A full disk must not stop the watching: nothing is forgotten, and the next tick tries again. */
  function trySave(nowMs: number): void {
    let alerts: readonly Alert[];
    try {
      alerts = commit(nowMs);
    } catch (error) {
      if (!failure)
        log.error({ err: error }, "alerts cannot be saved; they are kept in memory until they can");
      failure = error as Error;
      return;
    }
    if (failure) log.info({}, "alerts can be saved again");
    failure = null;
    announce(alerts);
  }

  function announce(alerts: readonly Alert[]): void {
    if (alerts.length === 0) return;
    for (const alert of alerts) for (const listener of listeners) listener(alert);
    outbox.announce();
  }
}

/** Why a value was refused, where that is the probe's doing. */
const tellsOfProbe: ReadonlySet<RejectionReason> = new Set(["sentinel", "implausible", "not-a-number"]);
