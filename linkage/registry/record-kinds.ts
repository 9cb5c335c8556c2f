import { Calibration } from "./calibration.ts";
import { Cooperative } from "./cooperative.ts";
import { EssentialService } from "./essential-service.ts";
import { Feedback } from "./feedback.ts";
import { KeyProduct } from "./key-product.ts";
import { LinkageModel } from "./linkage-model.ts";
import { Participation } from "./participation.ts";
import { SmartPlace } from "./smart-place.ts";
import { Zone } from "./zone.ts";

/** What the register keeps, in the order in which it must be filled: a model names cooperatives and zones, a form and a place their model. */
export const recordKinds = [
  "cooperative",
  "zone",
  "key-product",
  "model",
  "feedback",
  "essential-service",
  "smart-place",
  "participation",
  "calibration",
] as const;
export type RecordKind = (typeof recordKinds)[number];

export interface RecordOf {
  readonly cooperative: Cooperative;
  readonly zone: Zone;
  readonly "key-product": KeyProduct;
  readonly model: LinkageModel;
  readonly feedback: Feedback;
  readonly "essential-service": EssentialService;
  readonly "smart-place": SmartPlace;
  readonly participation: Participation;
  readonly calibration: Calibration;
}

export const schemas = {
  cooperative: Cooperative,
  zone: Zone,
  "key-product": KeyProduct,
  model: LinkageModel,
  feedback: Feedback,
  "essential-service": EssentialService,
  "smart-place": SmartPlace,
  participation: Participation,
  calibration: Calibration,
} as const;

/** Everything the register holds at one moment, each kind sorted by id. */
export type RegisterContents = { readonly [K in RecordKind]: readonly RecordOf[K][] };
