import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { openRegistry, quantities, type Reading, type Registry } from "../devices/index.ts";
import { createCourier, openArming, openNotes, openWatch } from "../ingest/alerts/index.ts";
import { createDecoder } from "../ingest/decode/decoder.ts";
import { openDerived } from "../ingest/derived/index.ts";
import { follow } from "../ingest/follow.ts";
import { openSegmentJournal } from "../ingest/journal/segments/open-segment-journal.ts";
import { openLinks } from "../ingest/links/open-links.ts";
import { createNotifiers } from "../ingest/notifiers/index.ts";
import { createPace } from "../ingest/pace.ts";
import { openQuarantine } from "../ingest/quarantine/open-quarantine.ts";
import { loadRules } from "../ingest/rules/index.ts";
import { createActions } from "./actions.ts";
import { openBoardState } from "./board-state.ts";
import { type DataFolder, holdDataFolder, openDataFolder } from "./data-folder/open-data-folder.ts";
import { giveWay } from "./front-door/give-way.ts";
import { type FrontDoor, openFrontDoor } from "./front-door/open-front-door.ts";
import { createGrowing } from "./growing.ts";
import { healthOf } from "./health/health-of.ts";
import { createHousekeeping } from "./housekeeping.ts";
import { createHttpServer } from "./http/create-http-server.ts";
import { createSummaries } from "./http/summaries.ts";
import { checkedIntakes, openIntakes } from "./intakes/open-intakes.ts";
import { createCutOff } from "./linkage/cut-off.ts";
import { openOffice } from "./linkage/open-office.ts";
import { outlinesFile } from "./linkage/outlines/outlines-file.ts";
import { createScheduledExport } from "./linkage/scheduled-export.ts";
import type { Log } from "./log.ts";
import { openStore } from "./open-store.ts";
import { metricsOf } from "./parts-metrics.ts";
import { createPeople } from "./people.ts";
import { createRegistryWatch, knownDevices } from "./registry-watch.ts";
import { createServiceMessages } from "./service-messages.ts";
import { ageTrouble, readCertificates } from "./settings/certificates.ts";
import type { Settings } from "./settings/settings.ts";

const webRoot = resolve(import.meta.dirname, "../dashboards/web/dist");

/** The whole platform, running. */
export interface Canhdong {
  readonly url: string;
  /** Bearer token that gives an administrator's rights at the API. */
  readonly localToken: string;
  readonly broker: FrontDoor;
  readonly registry: Registry;
  readonly data: DataFolder;
  /** Takes nothing more, finishes what was taken, then lets go of everything. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Opens every part and joins them. This file is the diagram:
 *
 *     broker ─► journal ─┬─► derived follower ──► back into the journal
 *                        ├─► store follower ──► store ───────────────┐
 *                        ├─► quarantine follower ──► quarantine ─────┤
 *     foreign brokers ─┘ ├─► links follower ──► ledger of links ─────┤
 *                        ├─► watch follower ──► alerts ──► courier   ├─► HTTP, page
 *                        └─► live feed ──────────────────────────────┘
 *
 *     store, registry, alerts ─► linkage office (a thread) ─► HTTP, open tables
 *     registry, alerts, links, office ─► state for boards ─► InfluxDB
 *
 * @throws UserError, or what a part throws when it cannot be opened; what was opened before is closed again
 */
export async function openCanhdong(
  settings: Settings,
  { log, now }: { log: Log; now: () => number },
): Promise<Canhdong> {
  const opened: (() => unknown)[] = [];
  const closeAll = async () => {
    const failures: unknown[] = [];
    // In the order in which they were opened, backwards: nobody loses what it stands on. One that cannot save, on a full
    // disk, must not keep the others open: their threads would keep the process alive for ever.
    for (let close = opened.pop(); close !== undefined; close = opened.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  try {
    return await open(settings, log, now, opened, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function open(
  settings: Settings,
  log: Log,
  now: () => number,
  opened: (() => unknown)[],
  close: () => Promise<void>,
): Promise<Canhdong> {
  const startedAtMs = now();
  const certificates = readCertificates(settings);
  const data = openDataFolder(settings.data);
  const hold = holdDataFolder(data);
  opened.push(() => hold.release());
  const rules = loadRules(settings.rules, Object.keys(settings.notifiers));

  const foreign = checkedIntakes(settings.intakes, process.env);
  for (const certificate of certificates) {
    const trouble = ageTrouble(certificate, startedAtMs);
    if (trouble !== null) log.error({ part: "tls" }, trouble);
  }

  const registry = openRegistry(data.registry, data.secretKey).as("server");
  opened.push(() => registry.close());

  const store = await openStore(settings, { data, registry, log, now });
  opened.push(() => store.close());

  const quarantine = openQuarantine(data.quarantine, {
    log: log.child({ part: "quarantine" }),
    mostBytes: settings.quarantine.mostMiB * 1_048_576,
  });
  opened.push(() => quarantine.close());

  const links = openLinks(data.links);
  opened.push(() => links.close());

  const journal = await openSegmentJournal({
    folder: data.journal,
    segmentBytes: settings.journal.segmentMiB * 1_048_576,
    lingerMs: 1,
    notBefore: Math.max(await store.cursor(), quarantine.cursor(), links.cursor()),
    onDamage: (damage) => log.error({ part: "journal", ...damage }, damage.message),
  });
  opened.push(() => journal.close());

  const growing = createGrowing({ registry, now });

  const derived = openDerived({
    file: data.derived,
    journal,
    surroundingsOf: (id) => growing.surroundings(id),
    surroundingsAt: (id, atMs) => growing.surroundingsAt(id, atMs),
    history: store,
    now,
    log: log.child({ part: "derived" }),
  });
  opened.push(() => derived.close());

  const notifiers = createNotifiers(settings.notifiers, {
    log: log.child({ part: "notifiers" }),
    publish: (topic, payload, options) => broker.publish(topic, payload, options),
    now,
  });
  opened.push(() => Promise.all(Object.values(notifiers).map((notifier) => notifier.close?.())));
  const people = createPeople({
    registry,
    notifiers,
    policy: settings.people,
    secretKey: data.secretKey,
    publicUrl: settings.http.publicUrl,
    log: log.child({ part: "people" }),
  });

  const arming = openArming(data.watch, rules);
  opened.push(() => arming.close());

  const watch = openWatch({
    file: data.watch,
    rules: { ...rules, rules: arming.armed() },
    audience: people.audience,
    // The one that the registry names; else the one that heard it best of late.
    gatewayOf: (id) => registry.device(id)?.gateway ?? links.gatewayOf(id),
    where: (id) => growing.standing(id),
    intervalOf: (id) => registry.device(id)?.intervalMs ?? null,
    names: {
      device: (id) => registry.device(id)?.label ?? id,
      place: (id) => registry.place(id)?.name ?? id,
      gateway: (id) => registry.gateway(id)?.label ?? id,
    },
    journalEnd: () => journal.end,
    now,
    log: log.child({ part: "alerts" }),
  });
  opened.push(() => watch.close());

  const notes = openNotes(data.watch, () => watch.outbox.announce());
  opened.push(() => notes.close());

  const decoder = createDecoder(knownDevices(registry));
  const feed = createFeed();
  const pace = createPace({
    within: 8_192,
    allPassed(position) {
      journal.passed(position);
      decoder.forget(position);
    },
  });
  const following = { journal, decoder, pace, log: log.child({ part: "followers" }) };
  /** What becomes an alert is not held up by what is only kept. */
  const urgent = { patienceMs: 50 };
  const followers = {
    store: follow({
      ...following,
      name: "store",
      from: await store.cursor(),
      // A store that had to begin anew has gone back: then the journal is read again from there.
      cursor: () => store.cursor(),
      mostUplinks: 4_000,
      lingerMs: 200,
      readsAhead: settings.readings.store === "influxdb",
      handle: (batch, next) =>
        store.write(
          batch.flatMap(({ readings }) => readings),
          next,
        ),
    }),
    quarantine: follow({
      ...following,
      name: "quarantine",
      mostUplinks: 1_024,
      lingerMs: 50,
      from: quarantine.cursor(),
      handle: (batch, next) => quarantine.keep(batch, next),
    }),
    links: follow({
      ...following,
      name: "links",
      lingerMs: 200,
      // Nobody asks for more than a day: a ledger that is new does not have to be told of a month.
      from: Math.max(links.cursor(), await journal.positionAt(startedAtMs - 86_400_000)),
      handle: (batch, next) => links.keep(batch, next),
    }),
    watch: follow({
      ...following,
      ...urgent,
      name: "watch",
      lingerMs: 5,
      from: watch.cursor(),
      handle: (batch, next) => watch.handle(batch, next),
    }),
    derived: follow({
      ...following,
      ...urgent,
      name: "derived",
      // Each batch waits for the disk once.
      mostUplinks: 2_048,
      from: derived.cursor(),
      handle: (batch, next) => derived.handle(batch, next),
    }),
    live: follow({
      ...following,
      name: "live",
      lingerMs: 50,
      from: journal.end,
      handle: (batch) => feed.tell(batch.flatMap(({ readings }) => readings)),
    }),
  };
  const everybody = Object.values(followers);
  const settled = async () => {
    await journal.caughtUp();
    // What is reckoned of the last readings belongs to what has to be stored and judged.
    await followers.derived.settled();
    await Promise.all(everybody.map((follower) => follower.settled()));
  };
  opened.push(() => Promise.all(everybody.map((follower) => follower.stop())));

  const broker = await openFrontDoor({
    settings: settings.broker,
    registryFile: data.registry,
    secretKey: data.secretKey,
    inlet: journal.inlet(),
    sessionsFile: data.sessions,
    log: log.child({ part: "broker" }),
  });
  const courier = createCourier({
    outbox: watch.outbox,
    notifiers,
    now,
    random: Math.random,
    log: log.child({ part: "courier" }),
  });
  opened.push(() => courier.stop());
  // What was taken is stored and judged before the followers are stopped; a store that is down does not hold up the stop.
  opened.push(() => Promise.race([settled().catch(() => {}), patience(5_000)]));
  opened.push(() => broker.close());

  const intakes = await openIntakes(foreign, {
    sink: { accept: (uplink, accepted) => journal.append(uplink, accepted) },
    now,
    random: Math.random,
    log: log.child({ part: "intakes" }),
  });
  opened.push(() => Promise.all(intakes.map((intake) => intake.close())));

  const housekeeping = createHousekeeping({
    store,
    journal,
    needless: () => Math.min(store.coveredPosition(), quarantine.cursor(), watch.cursor(), derived.cursor()),
    journalKeepDays: settings.journal.keepDays,
    quarantine,
    quarantineKeepDays: settings.quarantine.keepDays,
    alerts: watch,
    alertsKeep: settings.alerts,
    links,
    log: log.child({ part: "housekeeping" }),
  });
  opened.push(() => housekeeping.settled());

  const office = openOffice({
    registerFile: data.linkage,
    snapshotsFile: data.snapshots,
    outlinesFile: outlinesFile(data),
    rule: settings.linkage.rule,
    plan: settings.linkage.plan,
    registry,
    readings: store,
    quantities: quantities.keys(),
    acknowledgedAt: (device, span) => watch.acknowledgedAt(device, span),
    now,
  });
  opened.push(() => office.close());
  const cutOff = createCutOff({ registerFile: data.linkage, office, log: log.child({ part: "linkage" }) });
  const openTables =
    settings.linkage.export &&
    createScheduledExport(settings.linkage.export, { office, log: log.child({ part: "open-data" }) });

  const boardState = await openBoardState(settings, {
    registry,
    watch,
    links,
    office,
    isAvailable: createSummaries({ registry, store, watch, presence: broker }).isAvailable,
    service: () => ({
      waitingUplinks: followers.store.lag,
      quarantined: Object.values(quarantine.count()).reduce((sum, count) => sum + count, 0),
    }),
    log: log.child({ part: "boards" }),
    now,
  });
  opened.push(() => boardState?.close());

  const answers = people.answers(watch);
  const localToken = randomBytes(32).toString("base64url");
  const http = await createHttpServer({
    settings: settings.http,
    registry,
    quantities,
    rules,
    arming: {
      ...arming,
      say(word) {
        arming.say(word, now());
        watch.useRules(arming.armed(), now());
      },
    },
    store,
    watch,
    personal: { ...people.personal, receive: answers.receive },
    serviceMessages: createServiceMessages({
      registry,
      audience: people.audience,
      notes,
      standing: (id) => growing.standing(id),
    }),
    quarantine,
    links,
    linkage: office,
    openData: settings.linkage.openData,
    presence: broker,
    feed,
    actions: createActions({
      data,
      journal,
      decoder,
      store,
      quarantine,
      derived,
      broker,
      links,
      intakes,
      modelOf: (id) => registry.device(id)?.model,
      housekeeping,
      backups: settings.backups,
      now,
    }),
    metrics: () => metricsOf({ journal, followers, watch, broker, intakes, courier, quarantine, store }),
    health: () =>
      healthOf(
        { journal, followers, store, watch, intakes, broker, certificates, outbox: watch.outbox },
        now(),
      ),
    sessionKey: data.secretKey,
    localToken,
    webRoot: existsSync(webRoot) ? webRoot : null,
    exportFolder: join(data.path, "exports"),
    startedAtMs,
    now,
    log: log.child({ part: "http" }),
  });
  opened.push(() => http.close());
  const { url } = await http.listen();

  const registryWatch = createRegistryWatch(registry, (who, why) => broker.disconnect(who, why));

  const everySecond = [
    registryWatch,
    watch,
    courier,
    housekeeping,
    cutOff,
    ...(openTables ? [openTables] : []),
    ...(boardState ? [boardState] : []),
  ];
  const clocks = [
    setInterval(() => {
      const nowMs = now();
      for (const part of everySecond) part.tick(nowMs);
    }, 1_000),
    setInterval(() => http.tick(now()), 250),
  ];
  opened.push(() => clocks.forEach(clearInterval));
  courier.start();
  giveWay();
  opened.push(answers.listen());

  return { url, localToken, broker, registry, data, close };
}

/** Readings as they come in, for those who look on. */
function createFeed() {
  const listeners = new Set<(readings: readonly Reading[]) => void>();
  return {
    onReadings(listener: (readings: readonly Reading[]) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(readings: readonly Reading[]) {
      for (const listener of listeners) listener(readings);
    },
  };
}

function patience(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms).unref());
}
