import type { QuantityDeclaration } from "./quantity.ts";
import { soil } from "./soil.ts";
import { water } from "./water.ts";
import { waterChemistry } from "./water-chemistry.ts";

/*
 * The same quantity measured again by the same device at the same time: deeper in the soil, by a second probe in the
 * water. The first keeps the plain name, so that rules and charts find what they expect.
 */

/** A profile probe has up to eight depths; 2 is the second from above. Which centimetres they are stands on the probe. */
const depths = [2, 3, 4, 5, 6, 7, 8];
const soilProfile = ["soil.moisture", "soil.temperature"].flatMap((name) =>
  depths.map((depth) => again(soil, name, depth, { vi: `tầng ${depth}`, en: `depth ${depth}` })),
);

const secondProbes = ["temperature", "turbidity", "ph", "ec", "dissolvedOxygen", "chlorine"].map((field) =>
  again([...water, ...waterChemistry], `water.${field}`, 2, { vi: "đầu đo 2", en: "probe 2" }),
);

/** What is wired to a data logger only its owner knows; the numbers are in the unit that the owner has set there. */
const loggerChannels = Array.from(
  { length: 15 },
  (_, index): QuantityDeclaration => ({
    name: `logger.channel${index + 1}`,
    unit: "1",
    symbol: "",
    plausible: { min: -2_000_000, max: 2_000_000 },
    resolution: 0.001,
    label: { vi: `Kênh đo ${index + 1}`, en: `Logger channel ${index + 1}` },
  }),
);

export const repeated: readonly QuantityDeclaration[] = [...soilProfile, ...secondProbes, ...loggerChannels];

function again(
  group: readonly QuantityDeclaration[],
  name: string,
  number: number,
  { vi, en }: QuantityDeclaration["label"],
): QuantityDeclaration {
  const first = group.find((declared) => declared.name === name);
  if (first === undefined) throw new Error(`${name} is no quantity that could be measured again`);
  const label = { vi: `${first.label.vi}, ${vi}`, en: `${first.label.en}, ${en}` };
  return { ...first, name: `${name}${number}`, label };
}
