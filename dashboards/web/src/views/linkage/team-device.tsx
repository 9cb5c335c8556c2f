import { useState } from "preact/hooks";
import type { DeviceDays } from "../../data/linkage.ts";
import { Calendar } from "./calendar.tsx";
import { DayHours } from "./day-hours.tsx";
import { FindingPill } from "./finding-pill.tsx";
import { useLinkageWords } from "./use-linkage.ts";

/** One device of a model: whether it counts and why; opened, its days; of a chosen day, its hours and readings. */
export function TeamDevice({ device }: { device: DeviceDays }) {
  const { l, pick, count } = useLinkageWords();
  const [open, setOpen] = useState(false);
  const { label, counts, because, position, validHours, expectedHours, readable, days } = device;
  const texts = { yes: l.counts, no: l.countsNot, "no-data": l.countsNot };
  return (
    <article class="team-device">
      <h3>{label}</h3>
      <p>
        <FindingPill finding={counts ? "yes" : "no"} texts={texts} />
      </p>
      <p>{pick(because)}</p>
      <p class="soft">
        {l.hoursOf(count(validHours), count(expectedHours))} · {l.position[position]}
      </p>
      {!readable && <p class="soft">{l.notYours}</p>}
      {readable && days.length > 0 && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{l.days}</summary>
          {open && <Days device={device} />}
        </details>
      )}
    </article>
  );
}

function Days({ device }: { device: DeviceDays }) {
  const { l } = useLinkageWords();
  const [chosen, setChosen] = useState<string | null>(null);
  const day = device.days.find(({ date }) => date === chosen);
  return (
    <>
      <p class="soft">{l.daysHint}</p>
      <Calendar days={device.days} chosen={chosen} onChoose={setChosen} />
      {day !== undefined && <DayHours key={day.date} device={device.device} day={day} />}
    </>
  );
}
