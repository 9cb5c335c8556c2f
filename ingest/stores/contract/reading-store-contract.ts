import { describe } from "vitest";
import { askingContract } from "./asking.ts";
import { exportingContract } from "./exporting.ts";
import { latestContract } from "./latest.ts";
import { removingContract } from "./removing.ts";
import { type StoreUnderTest, storeInTime } from "./store-in-time.ts";
import { storingContract } from "./storing.ts";

/** What every `ReadingStore` must do. */
export function readingStoreContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} keeps the contract of a reading store`, () => {
    const subject = storeInTime(open);
    storingContract(subject);
    removingContract(subject);
    latestContract(subject);
    askingContract(subject);
    exportingContract(subject);
  });
}
