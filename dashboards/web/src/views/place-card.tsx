import type { AlertInfo, PlaceSummary } from "../../../../app/http/shapes.ts";
import { type Condition, lastSeenMs, type PlaceValue, placeValues } from "../data/places.ts";
import { placeHref } from "../route.ts";
import { Head } from "./head.tsx";
import { ConditionPill, LastHeard } from "./notices.tsx";
import { useSignedIn, useWords } from "./page.ts";
import { unlessSame } from "./unless-same.ts";
import { useValue } from "./use-value.ts";
import { ValueTile } from "./value-tile.tsx";

const mostValues = 4;

export interface PlaceCardProps {
  readonly place: PlaceSummary;
  readonly alerts: readonly AlertInfo[];
  readonly condition: Condition;
}

export const PlaceCard = unlessSame(({ place, alerts, condition }: PlaceCardProps) => {
  const { t } = useWords();
  const values = placeValues(place, alerts);
  const silent = place.devices.filter((device) => !device.available && device.lastSeenMs !== null).length;
  return (
    <li class={`card ${condition}`} data-place={place.id}>
      <Head kind={place.kind} on="card">
        <h2>
          <a class="card-link" href={placeHref(place.id)}>
            {place.name}
          </a>
        </h2>
        <p class="soft">{[t.kind[place.kind], place.commune].filter(Boolean).join(" · ")}</p>
      </Head>
      <Values values={values} />
      <footer class="card-foot soft">
        <ConditionPill condition={condition} />
        {place.devices.length === 0 ? t.noDevicesHere : <LastHeard atMs={lastSeenMs(place.devices)} />}
        {silent > 0 && condition !== "silent" && (
          <span class="silent-text">{t.devicesSilent(silent, place.devices.length)}</span>
        )}
        {values.length > mostValues && <span>{t.moreValues(values.length - mostValues)}</span>}
      </footer>
    </li>
  );
});

function Values({ values }: { values: readonly PlaceValue[] }) {
  const quantities = useValue(useSignedIn().farm.quantities);
  if (values.length === 0) return null;
  return (
    <dl class="tiles">
      {values.slice(0, mostValues).map((value) => (
        <ValueTile key={value.quantity} value={value} quantity={quantities.get(value.quantity)} />
      ))}
    </dl>
  );
}
