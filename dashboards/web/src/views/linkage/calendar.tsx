import { type DeviceDays, dayText, hoursSet, weekdayOf } from "../../data/linkage.ts";
import { useLinkageWords } from "./use-linkage.ts";

export interface CalendarProps {
  readonly days: DeviceDays["days"];
  readonly chosen: string | null;
  onChoose(date: string): void;
}

/** Weeks as rows from Monday, each day with its hours of valid data: the fuller the day, the fuller the colour. */
export function Calendar({ days, chosen, onChoose }: CalendarProps) {
  const { l } = useLinkageWords();
  return (
    <div class="calendar">
      {l.weekdays.map((name) => (
        <span key={name} class="weekday" aria-hidden="true">
          {name}
        </span>
      ))}
      {days.map(({ date, hours, active }, at) => {
        const set = hoursSet(hours);
        return (
          <button
            key={date}
            type="button"
            class={`calendar-day ${active ? "active" : ""}`}
            style={{ "--filled": `${Math.round((set / 24) * 100)}%`, ...columnOf(date, days[at - 1]?.date) }}
            aria-pressed={date === chosen}
            onClick={() => onChoose(date)}
          >
            <small aria-hidden="true">{date.slice(8)}</small>
            <strong aria-hidden="true">{set}</strong>
            <span class="hidden-text">{l.day(dayText(date), set, active)}</span>
          </button>
        );
      })}
    </div>
  );
}

/** The first day, and the first after days that are left out, say where they stand; the others follow. */
function columnOf(date: string, before: string | undefined): { gridColumnStart?: number } {
  const follows = before !== undefined && Date.parse(date) - Date.parse(before) === 86_400_000;
  return follows ? {} : { gridColumnStart: weekdayOf(date) + 1 };
}
