import { useMemo, useState } from "preact/hooks";
import type { AlertInfo, Overview, PlaceKind, PlaceSummary } from "../../../../app/http/shapes.ts";
import { everyDevice } from "../data/overview.ts";
import {
  byCondition,
  type Condition,
  conditionOf,
  matches,
  needsAttention,
  noFilter,
  type PlaceFilter,
} from "../data/places.ts";
import { AlertStrip } from "./alert-strip.tsx";
import { DeviceCard } from "./device-card.tsx";
import { Empty, Shown } from "./notices.tsx";
import { useSignedIn, useWords } from "./page.ts";
import { PlaceCard } from "./place-card.tsx";
import { PlaceFilterBar } from "./place-filter.tsx";
import { useValue } from "./use-value.ts";

export function OverviewPage() {
  const { t } = useWords();
  const { farm } = useSignedIn();
  const overview = useValue(farm.overview);
  const alerts = useValue(farm.openAlerts).data ?? none;
  return (
    <>
      <h1 class="hidden-text">{t.overview}</h1>
      <Shown
        of={overview}
        blocks={6}
        retry={() => void farm.refresh()}
        draw={(data) =>
          data.places.length + data.unplaced.length === 0 ? (
            <NoDevices />
          ) : (
            <Places overview={data} alerts={alerts} />
          )
        }
      />
    </>
  );
}

function NoDevices() {
  const { t } = useWords();
  return (
    <Empty icon="device">
      <p>{t.noDevices}</p>
      <p>
        {t.addDevice} <code>canhdong device add</code>
      </p>
    </Empty>
  );
}

/** A place with what is open there and how it is therefore doing. */
interface Watched {
  readonly place: PlaceSummary;
  readonly name: string;
  readonly alerts: readonly AlertInfo[];
  readonly condition: Condition;
}

const none: readonly AlertInfo[] = [];

/** Alerts by place, the same lists as long as no alert changes, so that a reading redraws one card and not all. */
function useAlertsByPlace(alerts: readonly AlertInfo[]): ReadonlyMap<string | null, readonly AlertInfo[]> {
  return useMemo(
    () => new Map(alerts.map(({ place }) => [place, alerts.filter((alert) => alert.place === place)])),
    [alerts],
  );
}

function Places({ overview, alerts }: { overview: Overview; alerts: readonly AlertInfo[] }) {
  const { t } = useWords();
  const [filter, setFilter] = useState<PlaceFilter>(noFilter);
  const byPlace = useAlertsByPlace(alerts);
  const watched = overview.places.map((place): Watched => {
    const here = byPlace.get(place.id) ?? none;
    return { place, name: place.name, alerts: here, condition: conditionOf(place.devices, here) };
  });
  const all = byCondition(watched, t.locale);
  const shown = all.filter(({ place, condition }) => matches(place, condition, filter));
  return (
    <>
      <Summary overview={overview} />
      <AlertStrip alerts={alerts} />
      <PlaceFilterBar
        filter={filter}
        counts={countKinds(overview.places)}
        attention={all.filter(({ condition }) => needsAttention(condition)).length}
        onChange={setFilter}
      />
      {shown.length === 0 && overview.places.length > 0 && (
        <NothingFound onClear={() => setFilter(noFilter)} />
      )}
      <ul class="cards">
        {shown.map(({ place, alerts, condition }) => (
          <PlaceCard key={place.id} place={place} alerts={alerts} condition={condition} />
        ))}
      </ul>
      {overview.unplaced.length > 0 && (
        <section>
          <h2>{t.unplaced}</h2>
          <ul class="cards">
            {overview.unplaced.map((device) => (
              <DeviceCard
                key={device.id}
                device={device}
                alerts={alerts.filter(({ device: id }) => id === device.id)}
              />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function NothingFound({ onClear }: { onClear: () => void }) {
  const { t } = useWords();
  return (
    <Empty icon="search">
      <p>{t.nothingFound}</p>
      <button type="button" class="button" onClick={onClear}>
        {t.clearFilter}
      </button>
    </Empty>
  );
}

function countKinds(places: readonly PlaceSummary[]): Record<PlaceKind, number> {
  const counts = { parcel: 0, pond: 0, shed: 0 };
  for (const { kind } of places) counts[kind] += 1;
  return counts;
}

function Summary({ overview }: { overview: Overview }) {
  const { t } = useWords();
  const devices = everyDevice(overview);
  const reporting = devices.filter((device) => device.available).length;
  const silent = devices.filter((device) => !device.available && device.lastSeenMs !== null).length;
  return (
    <p class="summary">
      <strong>{t.placesCount(overview.places.length)}</strong>
      <span>{t.reporting(reporting, devices.length)}</span>
      {silent > 0 && <span class="summary-silent">{t.silentCount(silent)}</span>}
    </p>
  );
}
