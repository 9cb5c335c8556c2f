import type { AlertInfo, LiveEvent, Overview, QuantityInfo } from "../../../../app/http/shapes.ts";
import { acknowledgedBy, byUrgency, openAfter, snoozedUntil } from "./alerts.ts";
import type { Api } from "./api.ts";
import type { Clock } from "./clock.ts";
import { type FailureKind, failureKind } from "./failure.ts";
import type { Connection, Live } from "./live.ts";
import { type Loaded, loaded, loadFailed, notLoaded } from "./loaded.ts";
import { overviewAfter } from "./overview.ts";
import { createValue, type Value } from "./value.ts";

/** Where an acknowledgement or a snooze stands that was given here: on its way, or refused and taken back. */
export type Acknowledgement = "sending" | FailureKind;

/** Everything the pages show of the farm, kept up to date while somebody is signed in. */
export interface Farm {
  readonly quantities: Value<ReadonlyMap<string, QuantityInfo>>;
  readonly overview: Value<Loaded<Overview>>;
  /** Those that are not over, the most urgent first. */
  readonly openAlerts: Value<Loaded<readonly AlertInfo[]>>;
  readonly acknowledgements: Value<ReadonlyMap<string, Acknowledgement>>;
  readonly connection: Value<Connection>;
  /** The newest alert raised while the page was open, for who cannot see the list change. */
  readonly announced: Value<AlertInfo | null>;
  /** Returns the way to stop listening. */
  onReadings(listener: (event: Extract<LiveEvent, { type: "readings" }>) => void): () => void;
  start(): void;
  refresh(): Promise<void>;
  /** Shown at once, taken back if the server refuses. */
  acknowledge(alert: AlertInfo, byName: string): Promise<void>;
  /** The same for an alert that fires again by itself after so many minutes. */
  snooze(alert: AlertInfo, minutes: number): Promise<void>;
  stop(): void;
}

export interface FarmParts {
  readonly api: Api;
  readonly live: Live;
  readonly clock: Clock;
}

export function createFarm({ api, live, clock }: FarmParts): Farm {
  const quantities = createValue<ReadonlyMap<string, QuantityInfo>>(new Map());
  const overview = createValue<Loaded<Overview>>(notLoaded);
  const openAlerts = createValue<Loaded<readonly AlertInfo[]>>(notLoaded);
  const acknowledgements = createValue<ReadonlyMap<string, Acknowledgement>>(new Map());
  const announced = createValue<AlertInfo | null>(null);
  const readingsListeners = new Set<(event: Extract<LiveEvent, { type: "readings" }>) => void>();

  const refreshQuantities = async () => {
    if (quantities.get().size > 0) return;
    const { body } = await api.quantities();
    quantities.set(new Map(body.map((quantity) => [quantity.name, quantity])));
  };
  const refreshOverview = async () => {
    const answer = await api.overview();
    if (answer.savedAtMs === null) clock.correct(answer.body.nowMs);
    overview.set(loaded(answer));
  };
  const refreshAlerts = async () => {
    const answer = await api.alerts("open", 1000);
    openAlerts.set(loaded({ ...answer, body: byUrgency(answer.body) }));
  };
  const tryAlerts = () =>
    refreshAlerts().catch((error) => openAlerts.set(loadFailed(openAlerts.get(), error)));
  const refresh = async () => {
    await Promise.all([
      // Without them names and units are missing, not values; the next refresh asks again.
      refreshQuantities().catch(() => {}),
      refreshOverview().catch((error) => overview.set(loadFailed(overview.get(), error))),
      tryAlerts(),
    ]);
  };

  const changeAlert = (alert: AlertInfo) => {
    const before = openAlerts.get();
    if (before.data !== null) openAlerts.set({ ...before, data: openAfter(before.data, alert) });
  };
  live.onEvent((event) => {
    if (event.type === "alert") {
      const known = openAlerts.get().data?.some((alert) => alert.id === event.alert.id) ?? false;
      if (!known && event.alert.state === "firing") announced.set(event.alert);
      changeAlert(event.alert);
      return;
    }
    // The server could not keep all that we missed.
    if (event.type === "resync") return void refresh();
    const before = overview.get();
    if (before.data !== null) overview.set({ ...before, data: overviewAfter(before.data, event) });
    if (event.type === "readings") for (const listener of readingsListeners) listener(event);
  });
  // What happened while nobody listened is fetched again. When a connection is lost, the answer tells whether the network,
  // the server or the session is gone. Before the first connection only an alert could be missed for long: a reading is
  // followed by the next one.
  let wasLost = false;
  live.connection.subscribe(() => {
    if (live.connection.get() === "live" && !wasLost) return void tryAlerts();
    wasLost = true;
    void refresh();
  });

  const noteAcknowledgement = (id: string, standing: Acknowledgement | null) => {
    const next = new Map(acknowledgements.get());
    if (standing === null) next.delete(id);
    else next.set(id, standing);
    acknowledgements.set(next);
  };

  async function showAtOnce(alert: AlertInfo, guess: AlertInfo, answer: Promise<AlertInfo>): Promise<void> {
    noteAcknowledgement(alert.id, "sending");
    changeAlert(guess);
    try {
      changeAlert(await answer);
      noteAcknowledgement(alert.id, null);
    } catch (error) {
      noteAcknowledgement(alert.id, failureKind(error));
      // Only our own guess is taken back: the server may have told more about this alert meanwhile.
      if (openAlerts.get().data?.includes(guess)) changeAlert(alert);
    }
  }

  return {
    quantities,
    overview,
    openAlerts,
    acknowledgements,
    connection: live.connection,
    announced,
    onReadings(listener) {
      readingsListeners.add(listener);
      return () => readingsListeners.delete(listener);
    },
    start() {
      void refresh();
      live.start();
    },
    refresh,
    acknowledge: (alert, byName) =>
      showAtOnce(alert, acknowledgedBy(alert, byName, clock.nowMs.get()), api.acknowledge(alert.id)),
    snooze: (alert, minutes) =>
      showAtOnce(
        alert,
        snoozedUntil(alert, clock.nowMs.get() + minutes * 60_000),
        api.snooze(alert.id, minutes),
      ),
    stop: live.stop,
  };
}
