import type { Overview } from "../../../../app/http/shapes.ts";
import { findDevice } from "../data/overview.ts";
import { conditionOf } from "../data/places.ts";
import { hrefOf, type Route } from "../route.ts";
import { AlertsHere } from "./alert-card.tsx";
import { DevicePanel } from "./device-panel.tsx";
import { Head } from "./head.tsx";
import { ConditionPill, NotFound, Shown } from "./notices.tsx";
import { useSignedIn, useWords } from "./page.ts";
import { useValue } from "./use-value.ts";

type DeviceRoute = Extract<Route, { page: "device" }>;

export function DevicePage({ route }: { route: DeviceRoute }) {
  const { farm } = useSignedIn();
  const overview = useValue(farm.overview);
  return (
    <Shown
      of={overview}
      blocks={4}
      retry={() => void farm.refresh()}
      draw={(data) => <Device overview={data} route={route} />}
    />
  );
}

function Device({ overview, route }: { overview: Overview; route: DeviceRoute }) {
  const { t } = useWords();
  const { farm } = useSignedIn();
  const alerts = (useValue(farm.openAlerts).data ?? []).filter((alert) => alert.device === route.id);
  const found = findDevice(overview, route.id);
  if (found === null) return <NotFound icon="device" text={t.deviceNotFound} />;
  const { device, place } = found;
  return (
    <>
      <Head kind="device" on="page">
        <h1>{device.label}</h1>
        <p class="soft">{device.id}</p>
        <ConditionPill condition={conditionOf([device], alerts)} />
      </Head>
      <AlertsHere alerts={alerts} />
      <DevicePanel
        device={device}
        place={place}
        alerts={alerts}
        window={route.window}
        hrefFor={(window) => hrefOf({ ...route, window })}
      />
    </>
  );
}
