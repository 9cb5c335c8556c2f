import { expect, test } from "vitest";
import { crops } from "../../../../agronomy/index.ts";
import { knownTextures } from "../../../../app/place-facts.ts";
import { packNames, readRuleFiles, rulesTextOf } from "../../../../ingest/rules/index.ts";
import { cultivationTexts } from "./cultivation-texts.ts";

const scopes = packNames.flatMap((pack) => {
  const { rules, unarmed } = readRuleFiles([rulesTextOf(pack)], null);
  return [...rules, ...unarmed].flatMap(({ terms }) => (terms.scope === "all" ? [] : [terms.scope]));
});

test("each soil that agronomy knows can be chosen, and no other", () => {
  for (const { soils } of Object.values(cultivationTexts))
    expect(Object.keys(soils).sort()).toEqual([...knownTextures].sort());
});

test("each crop and stage that a pack asks for can be chosen", () => {
  for (const { crops: named, stages } of Object.values(cultivationTexts)) {
    expect(Object.keys(named)).toEqual(
      expect.arrayContaining([...new Set(scopes.flatMap((scope) => scope.crops ?? []))]),
    );
    expect(Object.keys(stages)).toEqual(
      expect.arrayContaining([...new Set(scopes.flatMap((scope) => scope.cropStages ?? []))]),
    );
  }
});

test("plants among the choices are those whose roots and water use agronomy knows, or have none to reckon", () => {
  const animals = ["shrimp", "fish", "pig", "poultry", "dairy"];
  const without = Object.keys(cultivationTexts.vi.crops).filter(
    (crop) => !(crop in crops) && !animals.includes(crop),
  );
  expect(without).toEqual(["lychee", "lychee-late"]);
});
