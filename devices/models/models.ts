import type { DeviceModel } from "./device-model.ts";
import { draginoDds75Lb } from "./dragino-dds75-lb/dragino-dds75-lb.ts";
import { draginoLdds75 } from "./dragino-ldds75/dragino-ldds75.ts";
import { draginoLht65 } from "./dragino-lht65/dragino-lht65.ts";
import { draginoLht65n } from "./dragino-lht65n/dragino-lht65n.ts";
import { draginoLlms01 } from "./dragino-llms01/dragino-llms01.ts";
import { draginoLms01Lb } from "./dragino-lms01-lb/dragino-lms01-lb.ts";
import { draginoLse01 } from "./dragino-lse01/dragino-lse01.ts";
import { draginoLsph01 } from "./dragino-lsph01/dragino-lsph01.ts";
import { draginoPsLb } from "./dragino-ps-lb/dragino-ps-lb.ts";
import { draginoSe01Lb } from "./dragino-se01-lb/dragino-se01-lb.ts";
import { draginoSn50v3Lb } from "./dragino-sn50v3-lb/dragino-sn50v3-lb.ts";
import { draginoSph01Lb } from "./dragino-sph01-lb/dragino-sph01-lb.ts";
import { draginoWqsLb } from "./dragino-wqs-lb/dragino-wqs-lb.ts";

/** Every device that is understood. A new one is a folder here and a line below. */
export const models: readonly DeviceModel[] = [
  draginoDds75Lb,
  draginoLdds75,
  draginoLht65,
  draginoLht65n,
  draginoLlms01,
  draginoLms01Lb,
  draginoLse01,
  draginoLsph01,
  draginoPsLb,
  draginoSe01Lb,
  draginoSn50v3Lb,
  draginoSph01Lb,
  draginoWqsLb,
];

const byName = new Map(models.flatMap((model) => [...namesOf(model)].map((name) => [name, model])));

/** The model of that name, with or without the vendor (`dragino-lse01`, `lse01`), in any case. */
export function modelOf(name: string): DeviceModel | undefined {
  return byName.get(name.toLowerCase());
}

function namesOf({ name }: DeviceModel): readonly string[] {
  return [name, name.slice(name.indexOf("-") + 1)];
}
