import { dayMs, hourMs } from "./day.ts";

/** Of readings (`device, quantity, ts, value`): the smallest and greatest value of each hour that has any. */
export function lowAndHigh(readings: string): string {
  return `
    SELECT device, quantity, ts - ts % ${hourMs} AS hour, min(value) AS low, max(value) AS high
    FROM (${readings}) GROUP BY ALL`;
}

/** Of hours (`device, quantity, hour, n, low, high, minutes`): what the file of marks holds, marks and tallies. */
export function marksFileSql(hours: string): string {
  return `SELECT * FROM (${marksSql(hours)}) JOIN (${talliesSql(hours)}) USING (device, quantity, day) ORDER BY ALL`;
}

/**
 * One row for each series and UTC day, of hours (`device, quantity, hour, low, high`). Bit h of `heard`, `still` and `same` is
 * the hour from h to h + 1 o'clock; of the hour before the day's first, `same` knows nothing. So that days can be joined,
 * `first` and `last` are the value of the day's first and last hour with readings where it has one value only, else null.
 */
export function marksSql(hours: string): string {
  return `
    SELECT device, quantity, (hour // ${dayMs})::INTEGER AS day,
      bit_or(bit)::INTEGER AS heard,
      coalesce(bit_or(bit) FILTER (still), 0)::INTEGER AS still,
      coalesce(bit_or(bit) FILTER (same), 0)::INTEGER AS same,
      CASE WHEN arg_min(still, hour) THEN arg_min(low, hour) END AS first,
      CASE WHEN arg_max(still, hour) THEN arg_max(low, hour) END AS last
    FROM (
      SELECT device, quantity, hour, low, low = high AS still, 1 << (hour % ${dayMs} // ${hourMs})::INTEGER AS bit,
        coalesce(low = high AND low = lag(low) OVER before AND low = lag(high) OVER before, false) AS same
      FROM (${hours}) WINDOW before AS (PARTITION BY device, quantity, hour // ${dayMs} ORDER BY hour)
    ) GROUP BY ALL ORDER BY ALL`;
}

/**
 * Of hours (`device, quantity, hour, n, minutes`), for each series and UTC day: readings, and minutes with data. What all
 * quantities of a device have together (`device_minutes`, `device_hours`) stands with its first quantity, and is 0 with the
 * others: so it can be summed.
 */
export function talliesSql(hours: string): string {
  return `
    SELECT device, quantity, day, readings, minutes,
      CASE WHEN place = 1 THEN device_minutes ELSE 0 END AS device_minutes,
      CASE WHEN place = 1 THEN device_hours ELSE 0 END AS device_hours
    FROM (
      SELECT device, quantity, (hour // ${dayMs})::INTEGER AS day, sum(n)::BIGINT AS readings,
        sum(bit_count(minutes))::INTEGER AS minutes,
        row_number() OVER (PARTITION BY device, hour // ${dayMs} ORDER BY quantity) AS place
      FROM (${hours}) GROUP BY device, quantity, hour // ${dayMs}
    ) JOIN (
      SELECT device, (hour // ${dayMs})::INTEGER AS day, sum(bit_count(together))::INTEGER AS device_minutes,
        count(*)::INTEGER AS device_hours
      FROM (SELECT device, hour, bit_or(minutes) AS together FROM (${hours}) GROUP BY ALL) GROUP BY ALL
    ) USING (device, day)`;
}
