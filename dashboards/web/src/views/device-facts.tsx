import type { ComponentChildren } from "preact";
import type { DeviceSummary, PlaceSummary } from "../../../../app/http/shapes.ts";
import { placeHref } from "../route.ts";
import { Icon, type IconName } from "./icons.tsx";
import { LastHeard } from "./notices.tsx";
import { useSignedIn, useWords } from "./page.ts";
import { useValue } from "./use-value.ts";

/** What an officer asks before driving out: where, when last heard, how often, is it connected, has it power. */
export function DeviceFacts({ device, place }: { device: DeviceSummary; place: PlaceSummary | null }) {
  const words = useWords();
  const { t } = words;
  return (
    <dl class="facts">
      <Fact icon="waiting" name={t.lastHeard}>
        <LastHeard atMs={device.lastSeenMs} />
      </Fact>
      <Fact icon="pulse" name={t.expectedInterval}>
        {device.intervalMs === null ? t.notKnownYet : words.duration(device.intervalMs)}
      </Fact>
      <Fact icon="link" name={t.link}>
        {device.connected ? t.linkUp : t.linkDown}
      </Fact>
      {place !== null && (
        <Fact icon="pin" name={t.standsAt}>
          <a href={placeHref(place.id)}>{place.name}</a>
        </Fact>
      )}
      {device.place === null && (
        <Fact icon="pin" name={t.standsAt}>
          {t.standsNowhere}
        </Fact>
      )}
      <Fact icon="device" name={t.model}>
        {device.model}
      </Fact>
      <Told
        device={device}
        quantity="power.batteryPercent"
        icon="battery"
        level={(percent) => percent / 100}
      />
      <Told device={device} quantity="power.battery" icon="battery" />
      <Told device={device} quantity="radio.rssi" icon="signal" />
    </dl>
  );
}

interface FactProps {
  readonly icon: IconName;
  readonly name: string;
  readonly level?: number;
  readonly children: ComponentChildren;
}

function Fact({ icon, name, level, children }: FactProps) {
  return (
    <div class="fact">
      <dt>
        <Icon name={icon} {...(level === undefined ? {} : { level })} />
        {name}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

interface ToldProps {
  readonly device: DeviceSummary;
  readonly quantity: string;
  readonly icon: IconName;
  /** How full, between 0 and 1. */
  readonly level?: (value: number) => number;
}

/** What the device says of itself, if it does. */
function Told({ device, quantity, icon, level }: ToldProps) {
  const words = useWords();
  const info = useValue(useSignedIn().farm.quantities).get(quantity);
  const latest = device.latest.find((candidate) => candidate.quantity === quantity);
  if (latest === undefined || info === undefined) return null;
  return (
    <Fact
      icon={icon}
      name={words.pick(info.label)}
      {...(level === undefined ? {} : { level: level(latest.value) })}
    >
      {words.value(latest.value, info)}
    </Fact>
  );
}
