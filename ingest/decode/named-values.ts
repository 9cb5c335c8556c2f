import type { Harvest } from "./harvest.ts";
import { amountIn } from "./measures/amount.ts";
import { batteryIn, batteryNamed, type Medium, type Named, quantityNamed } from "./measures/words.ts";

/** A value under a name that its sender chose. */
export interface NamedValue {
  readonly name: string;
  readonly value: unknown;
  /** The unit that the body tells for it; null when it tells none. */
  readonly unit: string | null;
  /** Where the device's probe is, as the registry tells; null when it does not. */
  readonly medium: Medium | null;
  readonly measuredAtMs: number;
  readonly place: () => string;
}

/**
 * Takes a value by the quantity that its name means. A number under a name that means none is refused; a word or a switch
 * under such a name (`status`, `pump`) is a state and no measurement.
 */
export function takeNamed(
  { name, value, unit, medium, measuredAtMs, place }: NamedValue,
  harvest: Harvest,
): void {
  const named = /^battery$/i.test(name) ? batteryOf(value, unit) : quantityNamed(name, medium);
  if (named !== null) {
    harvest.takeFound({ ...named, unit: unit ?? named.unit, value, measuredAtMs, place });
  } else if (amountIn(value) !== null || typeof value === "number") {
    harvest.take(0, name, value, measuredAtMs, place);
  }
}

function batteryOf(value: unknown, toldUnit: string | null): Named {
  const amount = amountIn(value);
  const unit = amount?.unit ?? toldUnit;
  if (unit === null) return batteryNamed(amount?.value ?? 0);
  return { quantity: batteryIn(unit), unit };
}
