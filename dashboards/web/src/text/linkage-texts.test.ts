import { expect, test } from "vitest";
import { snapshotRefusals } from "../../../../linkage/index.ts";
import { linkageTexts } from "./linkage-texts.ts";

test("whatever a snapshot is refused for, the page says it in the reader's language", () => {
  for (const { refusals } of Object.values(linkageTexts))
    expect(Object.keys(refusals).toSorted()).toEqual(snapshotRefusals.toSorted());
});
