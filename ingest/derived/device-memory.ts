import type { Reading } from "../../devices/index.ts";
import { derivations } from "./derivations.ts";
import { clockToleranceMs, type Folded, folded } from "./hour-fold.ts";
import { PeriodFold, type SavedPeriods } from "./period-fold.ts";

/** A reading as it is remembered. */
export interface Remembered {
  readonly measuredAtMs: number;
  readonly value: number;
}

/** What the derivations need to remember; anything else passes through. */
const needed: ReadonlySet<string> = new Set([
  ...derivations.flatMap((each) => [each.of, each.quantity, ...each.with.map(({ quantity }) => quantity)]),
  ...folded,
]);
const foldedSet: ReadonlySet<string> = new Set(folded);

export const isFolded = (quantity: string): quantity is Folded => foldedSet.has(quantity);

/** As JSON. */
export interface SavedDevice {
  readonly newest: Readonly<Record<string, readonly [measuredAtMs: number, value: number]>>;
  readonly periods: SavedPeriods | null;
  readonly heardUpToMs?: number;
}

/** The newest reading of each quantity of one device, and its hours and days. */
export class DeviceMemory {
  readonly #newest: Map<string, Remembered>;
  #periods: PeriodFold | null;
  /** Time of the newest reading, of all that matter. Anything older comes late. */
  #heardUpToMs: number;
  /** Not yet saved. */
  changed = false;

  constructor(saved: SavedDevice | null) {
    this.#newest = new Map(
      Object.entries(saved?.newest ?? {}).map(([quantity, [measuredAtMs, value]]) => [
        quantity,
        { measuredAtMs, value },
      ]),
    );
    this.#periods = saved?.periods ? new PeriodFold(saved.periods) : null;
    this.#heardUpToMs = saved?.heardUpToMs ?? Number.NEGATIVE_INFINITY;
  }

  get heardUpToMs(): number {
    return this.#heardUpToMs;
  }

  /** A clock that runs ahead does not make everything after it late. */
  heardUpTo({ measuredAtMs, receivedAtMs }: Reading): void {
    if (measuredAtMs <= this.#heardUpToMs || measuredAtMs > receivedAtMs + clockToleranceMs) return;
    this.#heardUpToMs = measuredAtMs;
    this.changed = true;
  }

  newest(quantity: string): Remembered | undefined {
    return this.#newest.get(quantity);
  }

  /** Every newest reading. */
  all(): Iterable<readonly [quantity: string, Remembered]> {
    return this.#newest;
  }

  /** Whether the reading is newer than the one remembered. */
  remember({ quantity, measuredAtMs, value }: Reading): boolean {
    const known = this.#newest.get(quantity);
    if (!needed.has(quantity) || (known !== undefined && known.measuredAtMs >= measuredAtMs)) return false;
    this.#newest.set(quantity, { measuredAtMs, value });
    this.changed = true;
    return true;
  }

  periods(): PeriodFold {
    this.#periods ??= new PeriodFold(null);
    this.changed = true;
    return this.#periods;
  }

  /** Start of the hour that is going on; undefined when nothing was heard of which hours are made. */
  get openHourMs(): number | undefined {
    return this.#periods?.openHourMs;
  }

  save(): SavedDevice {
    const newest = [...this.#newest].map(
      ([quantity, { measuredAtMs, value }]) => [quantity, [measuredAtMs, value]] as const,
    );
    return {
      newest: Object.fromEntries(newest),
      periods: this.#periods?.save() ?? null,
      ...(this.#heardUpToMs > Number.NEGATIVE_INFINITY && { heardUpToMs: this.#heardUpToMs }),
    };
  }
}
