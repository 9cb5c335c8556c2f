import { type Bound, relativeHumidity, within } from "./bounds.ts";

/** A stretch of time through which one reading of the air stands: its usual interval, or a roll-up's hour. */
export interface AirSpan {
  readonly hours: number;
  readonly temperatureC: number;
  readonly relativeHumidityPct: number;
}

const spanHours: Bound = { name: "length of the span", unit: "h", min: 0, max: 24 };

/** Hours of the spans in which this holds. Hours without readings are in no span and never count. */
export function hoursIn(spans: readonly AirSpan[], holds: (span: AirSpan) => boolean): number {
  return spans.filter(holds).reduce((sum, { hours }) => sum + within(spanHours, hours), 0);
}

/** Hours at this humidity and above: 90 % is what late blight and rice blast are told by. */
export function humidHours(spans: readonly AirSpan[], fromPct: number): number {
  const threshold = relativeHumidity(fromPct);
  return hoursIn(spans, ({ relativeHumidityPct }) => relativeHumidity(relativeHumidityPct) >= threshold);
}
