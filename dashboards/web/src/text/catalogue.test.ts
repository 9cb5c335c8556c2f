import { expect, test } from "vitest";
import { rejectionReasons } from "../../../../ingest/decode/decoded.ts";
import { catalogues } from "./catalogue.ts";
import { cultivationTexts } from "./cultivation-texts.ts";
import { historyTexts } from "./history-texts.ts";
import { linkageTexts } from "./linkage-texts.ts";
import { peopleTexts } from "./people-texts.ts";
import { pushTexts } from "./push-texts.ts";
import { refusalTexts } from "./refusal-texts.ts";
import { rulesTexts } from "./rules-texts.ts";
import { systemTexts } from "./system-texts.ts";

const languages = Object.entries(catalogues);

/** Every text with its path; a text that takes parameters as it reads for 3, 7 and 9. */
function texts(of: object, path = ""): [string, string][] {
  return Object.entries(of).flatMap(([key, value]): [string, string][] => {
    const at = path === "" ? key : `${path}.${key}`;
    if (typeof value === "function") return [[at, value("3", "7", "9")]];
    return typeof value === "string" ? [[at, value]] : texts(value, at);
  });
}

const all = Object.entries({
  catalogues,
  rulesTexts,
  linkageTexts,
  peopleTexts,
  pushTexts,
  historyTexts,
  cultivationTexts,
  refusalTexts,
  systemTexts,
});

test.each(all)("%s: no text is empty, and its letters are written in one form", (_, { vi, en }) => {
  for (const [path, text] of [...texts(vi), ...texts(en)]) {
    expect(text.trim(), path).not.toBe("");
    // Two forms of ế look the same and are not found by one another.
    expect(text.normalize("NFC"), path).toBe(text);
    expect(text, path).not.toContain("undefined");
  }
});

test.each(all)(
  "%s: both languages say the same things, and only a proper name in the same letters",
  (_, { vi, en }) => {
    const [inVi, inEn] = [new Map(texts(vi)), new Map(texts(en))];
    expect([...inVi.keys()]).toEqual([...inEn.keys()]);
    expect([...inVi].filter(([path, text]) => inEn.get(path) === text)).toEqual([]);
  },
);

test.each(Object.entries(systemTexts))("%s has words for every reason of the quarantine", (_, { reason }) => {
  expect(Object.keys(reason).sort()).toEqual([...rejectionReasons].sort());
});

test.each(languages)("%s uses every number it is given", (_, catalogue) => {
  const text = catalogue.gaps(2, "3 x");
  expect(text).toContain("2");
  expect(text).toContain("3 x");
  expect(catalogue.devicesSilent(1, 4)).toMatch(/1.*4/);
});
