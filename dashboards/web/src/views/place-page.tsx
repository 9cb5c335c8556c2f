import type { Overview, PlaceSummary } from "../../../../app/http/shapes.ts";
import { conditionOf } from "../data/places.ts";
import { hrefOf, type Route } from "../route.ts";
import { AlertsHere } from "./alert-card.tsx";
import { DevicePanel } from "./device-panel.tsx";
import { Head } from "./head.tsx";
import { Icon } from "./icons.tsx";
import { lazyPage } from "./lazy-page.tsx";
import { ConditionPill, Empty, NotFound, Shown } from "./notices.tsx";
import { useSignedIn, useWords } from "./page.ts";
import { useValue } from "./use-value.ts";

const CultivationPanel = lazyPage(async () => (await import("./cultivation-panel.tsx")).CultivationPanel);

type PlaceRoute = Extract<Route, { page: "place" }>;

export function PlacePage({ route }: { route: PlaceRoute }) {
  const { farm } = useSignedIn();
  const overview = useValue(farm.overview);
  return (
    <Shown
      of={overview}
      blocks={4}
      retry={() => void farm.refresh()}
      draw={(data) => <Place overview={data} route={route} />}
    />
  );
}

function Place({ overview, route }: { overview: Overview; route: PlaceRoute }) {
  const { t } = useWords();
  const { farm } = useSignedIn();
  const alerts = (useValue(farm.openAlerts).data ?? []).filter((alert) => alert.place === route.id);
  const place = overview.places.find(({ id }) => id === route.id);
  if (place === undefined) return <NotFound icon="pin" text={t.placeNotFound} />;
  const device = place.devices.find(({ id }) => id === route.device) ?? place.devices[0];
  return (
    <>
      <Head kind={place.kind} on="page">
        <Description place={place} />
        <ConditionPill condition={conditionOf(place.devices, alerts)} />
      </Head>
      <AlertsHere alerts={alerts} />
      {place.devices.length > 1 && <DeviceTabs place={place} chosen={device?.id ?? ""} route={route} />}
      {device === undefined ? (
        <Empty icon="device">
          <p>{t.noDevicesHere}</p>
        </Empty>
      ) : (
        <DevicePanel
          key={device.id}
          device={device}
          place={null}
          alerts={alerts.filter((alert) => alert.device === device.id)}
          window={route.window}
          hrefFor={(window) => hrefOf({ ...route, window })}
        />
      )}
      <CultivationPanel place={place.id} />
    </>
  );
}

function Description({ place }: { place: PlaceSummary }) {
  const { t, number } = useWords();
  const area = place.areaHa === null ? null : `${number(place.areaHa, 0.01)}\u00a0ha`;
  return (
    <>
      <h1>{place.name}</h1>
      <p class="soft">{[t.kind[place.kind], place.commune, area].filter(Boolean).join(" · ")}</p>
      {place.linkageModel !== null && (
        <p class="soft">
          {t.linkageModel}: {place.linkageModel}
        </p>
      )}
    </>
  );
}

function DeviceTabs({ place, chosen, route }: { place: PlaceSummary; chosen: string; route: PlaceRoute }) {
  const { t } = useWords();
  return (
    <nav class="tabs" aria-label={t.devices}>
      {place.devices.map((device) => (
        <a
          key={device.id}
          href={hrefOf({ ...route, device: device.id })}
          aria-current={device.id === chosen ? "true" : undefined}
        >
          {!device.available && <Icon name="silent" />}
          {device.label}
        </a>
      ))}
    </nav>
  );
}
