import { Cooperative } from "./cooperative.ts";
import { KeyProduct } from "./key-product.ts";
import { LinkageModel } from "./linkage-model.ts";
import { Zone } from "./zone.ts";

/** What the register keeps, in the order in which it must be filled: a model names cooperatives and zones. */
export const recordKinds = ["cooperative", "zone", "key-product", "model"] as const;
export type RecordKind = (typeof recordKinds)[number];

export interface RecordOf {
  readonly cooperative: Cooperative;
  readonly zone: Zone;
  readonly "key-product": KeyProduct;
  readonly model: LinkageModel;
}

export const schemas = {
  cooperative: Cooperative,
  zone: Zone,
  "key-product": KeyProduct,
  model: LinkageModel,
} as const;

/** Everything the register holds at one moment, each kind sorted by id. */
export type RegisterContents = { readonly [K in RecordKind]: readonly RecordOf[K][] };
