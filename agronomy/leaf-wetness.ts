import { relativeHumidity } from "./bounds.ts";
import { type AirSpan, hoursIn } from "./humid-hours.ts";
import { dewPointC } from "./vapour-pressure.ts";

/**
 * How wetness is guessed where no leaf sensor stands: humidity of 90 % and more, or a dew point within 2 °C of the air
 * (which at 25 °C is 88.6 %, so it always counts as many hours or more). Both after Sentelhas et al. (2008), who found
 * errors of one to two hours a day. Counts by different methods cannot be compared: store the method beside them.
 */
export type WetnessMethod = "humidity" | "dew-point-depression";

/** Whether leaves are taken to be wet. A proxy: rain on a dry day and shade under trees are not seen. */
export function isLeafWet(
  air: Pick<AirSpan, "temperatureC" | "relativeHumidityPct">,
  method: WetnessMethod,
): boolean {
  if (method === "humidity") return relativeHumidity(air.relativeHumidityPct) >= 90;
  const dewPoint = dewPointC(air.temperatureC, air.relativeHumidityPct);
  return dewPoint !== undefined && air.temperatureC - dewPoint <= 2;
}

/** Hours of leaf wetness in these spans. */
export function leafWetnessHours(spans: readonly AirSpan[], method: WetnessMethod): number {
  return hoursIn(spans, (span) => isLeafWet(span, method));
}
