import { afterEach, beforeEach } from "vitest";
import type { ReadingStore } from "../reading-store.ts";
import { day, span, start } from "./readings.ts";

/** A store under test: empty at first, knowing the units of `contractUnits`, keeping everything for ever. */
export interface StoreUnderTest {
  readonly store: ReadingStore;
  /** Closes the store and opens it again on the same data. */
  reopen(): Promise<ReadingStore>;
  close(): Promise<void>;
}

type Readings = Awaited<ReturnType<ReadingStore["readings"]>>;

/** A new store for each test, and what may happen to it in time. */
export interface StoreInTime {
  readonly store: ReadingStore;
  reopen(): Promise<void>;
  /** Maintenance long past the day of the readings. */
  age(): Promise<unknown>;
  /** Each fact is checked where it could break: while the readings are new, after opening again, and after maintenance. */
  readonly stages: readonly (readonly [string, () => Promise<unknown>])[];
  all(devices?: readonly string[]): Promise<Readings>;
  values(devices?: readonly string[]): Promise<number[]>;
}

/** To be called within `describe`. */
export function storeInTime(open: () => Promise<StoreUnderTest>): StoreInTime {
  let subject: StoreUnderTest;
  let store: ReadingStore;
  beforeEach(async () => {
    subject = await open();
    store = subject.store;
  });
  afterEach(() => subject?.close());

  const reopen = async () => {
    store = await subject.reopen();
  };
  const age = () => store.maintain(start + 40 * day);
  const all = (devices: readonly string[] = ["node-1"]) =>
    store.readings({ ...span, devices: [...devices], limit: 100_000 });
  return {
    get store() {
      return store;
    },
    reopen,
    age,
    stages: [
      ["while new", async () => {}],
      ["after opening again", reopen],
      ["after maintenance", age],
    ],
    all,
    values: async (devices) => (await all(devices)).map(({ value }) => value),
  };
}
