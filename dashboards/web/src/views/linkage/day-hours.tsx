import { useState } from "preact/hooks";
import type { QuantityInfo } from "../../../../../app/http/shapes.ts";
import {
  type DayReading,
  type DeviceDays,
  dayText,
  linkage,
  mostReadings,
  startOfDay,
} from "../../data/linkage.ts";
import { deviceHref } from "../../route.ts";
import { Icon } from "../icons.tsx";
import { Shown } from "../notices.tsx";
import { usePage, useSignedIn } from "../page.ts";
import { useLoaded } from "../use-loaded.ts";
import { useValue } from "../use-value.ts";
import { useLinkageWords } from "./use-linkage.ts";

const hourMs = 3_600_000;

interface DayHoursProps {
  readonly device: string;
  readonly day: DeviceDays["days"][number];
}

/** The hours of one day: whether each counts, and the readings in it. */
export function DayHours({ device, day }: DayHoursProps) {
  const { api } = usePage();
  const { l } = useLinkageWords();
  const [readings, retry] = useLoaded(
    (signal) => linkage.readingsOf(api, device, day.date, signal),
    [api, device, day.date],
  );
  return (
    <section aria-label={l.hourList(dayText(day.date))}>
      <h4>{l.hourList(dayText(day.date))}</h4>
      <Shown of={readings} blocks={1} retry={retry} draw={(data) => <Hours day={day} readings={data} />} />
      <p>
        <a class="button" href={deviceHref(device)}>
          {l.openDevice}
        </a>
      </p>
    </section>
  );
}

function Hours({ day, readings }: Pick<DayHoursProps, "day"> & { readings: readonly DayReading[] }) {
  const { l } = useLinkageWords();
  const startMs = startOfDay(day.date);
  const byHour = Map.groupBy(readings, ({ measuredAtMs }) => Math.floor((measuredAtMs - startMs) / hourMs));
  return (
    <>
      {readings.length >= mostReadings && <p class="soft">{l.moreReadings(mostReadings)}</p>}
      <ul class="hours">
        {Array.from({ length: 24 }, (_, hour) => (
          <Hour
            key={hour}
            hour={hour}
            valid={((day.hours >> hour) & 1) === 1}
            readings={byHour.get(hour) ?? []}
          />
        ))}
      </ul>
    </>
  );
}

interface HourProps {
  readonly hour: number;
  readonly valid: boolean;
  readonly readings: readonly DayReading[];
}

function Hour({ hour, valid, readings }: HourProps) {
  const { l } = useLinkageWords();
  const [open, setOpen] = useState(false);
  const clock = (h: number) => `${String(h).padStart(2, "0")}:00`;
  return (
    <li>
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary class={valid ? "good" : "waiting"}>
          <Icon name={valid ? "good" : "waiting"} />
          {clock(hour)}–{clock(hour + 1)} <span class="soft">{valid ? l.hourValid : l.hourInvalid}</span>
        </summary>
        {open && readings.length === 0 && <p class="soft">{l.hourEmpty}</p>}
        {open && readings.length > 0 && !valid && <p class="soft">{l.hourLeftOut}</p>}
        {open && readings.length > 0 && <Readings readings={readings} />}
      </details>
    </li>
  );
}

function Readings({ readings }: Pick<HourProps, "readings">) {
  const words = useLinkageWords();
  const { farm } = useSignedIn();
  const quantities = useValue(farm.quantities);
  const nameOf = (quantity: QuantityInfo | undefined, name: string) =>
    quantity === undefined ? name : words.pick(quantity.label);
  return (
    <table class="hour-readings">
      <caption class="hidden-text">{words.l.readings}</caption>
      <tbody>
        {readings.map(({ quantity: name, measuredAtMs, value }) => {
          const quantity = quantities.get(name);
          return (
            <tr key={`${name} ${measuredAtMs}`}>
              <th scope="row">{words.clock(measuredAtMs)}</th>
              <td>{nameOf(quantity, name)}</td>
              <td>{words.value(value, quantity)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
