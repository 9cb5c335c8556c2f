import { air } from "./air.ts";
import { derived } from "./derived.ts";
import { device } from "./device.ts";
import { laboratory } from "./laboratory.ts";
import { leaf } from "./leaf.ts";
import { light } from "./light.ts";
import { power } from "./power.ts";
import { probe } from "./probe.ts";
import type { Quantity, QuantityDeclaration } from "./quantity.ts";
import { radio } from "./radio.ts";
import { rain } from "./rain.ts";
import { repeated } from "./repeated.ts";
import { commonSentinels } from "./sentinels.ts";
import { shedGas } from "./shed-gas.ts";
import { soil } from "./soil.ts";
import { surroundings } from "./surroundings.ts";
import { valve } from "./valve.ts";
import { water } from "./water.ts";
import { waterChemistry } from "./water-chemistry.ts";
import { wind } from "./wind.ts";

/** In the order in which people would want to read them. */
const groups: readonly (readonly QuantityDeclaration[])[] = [
  soil,
  water,
  waterChemistry,
  air,
  shedGas,
  light,
  rain,
  wind,
  leaf,
  surroundings,
  repeated,
  valve,
  laboratory,
  probe,
  derived,
  power,
  radio,
  device,
];

/** Every quantity that can be stored, by name. A name that is not here is quarantined, never guessed. */
export const quantities: ReadonlyMap<string, Quantity> = new Map(
  groups.flat().map((declared) => [declared.name, withCommonSentinels(declared)]),
);

export function quantityOf(name: string): Quantity | undefined {
  return quantities.get(name);
}

function withCommonSentinels(declared: QuantityDeclaration): Quantity {
  const { min, max } = declared.plausible;
  const unreachable = commonSentinels.filter((value) => value < min || value > max);
  return { ...declared, sentinels: [...new Set([...(declared.sentinels ?? []), ...unreachable])] };
}
