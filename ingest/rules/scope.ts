import { z } from "zod";
import type { Standing } from "./rule.ts";

const ids = z.array(z.string().min(1)).min(1).optional();

const narrowed = z
  .strictObject({
    devices: ids,
    places: ids.describe("Ids of parcels, ponds and sheds."),
    placeKinds: ids.describe("parcel, pond, shed."),
    linkageModels: ids,
    deviceModels: ids,
    communes: ids.describe("Five digits each."),
    crops: ids.describe("What grows or lives there: rice, coffee, shrimp, pig …"),
    cropStages: ids.describe("How far it is: seedling, tillering, flowering …"),
  })
  .refine((scope) => Object.keys(scope).length > 0, {
    message:
      "names nothing; write `all`, or at least one of devices, places, placeKinds, linkageModels, deviceModels, communes, crops, cropStages",
  });

/** For which devices a rule is meant: any of each list, and all of the lists that are given. */
export const scope = z.union([z.literal("all"), narrowed], {
  error:
    "must be `all`, or lists of devices, places, placeKinds, linkageModels, deviceModels, communes, crops or cropStages",
});
export type Scope = z.infer<typeof scope>;

/** Whether a device that stands there is one of those meant. */
export function inScope(scope: Scope, device: string, standing: Standing): boolean {
  if (scope === "all") return true;
  const { place, placeKind = null, linkageModel, model, commune = null } = standing;
  const { crop = null, cropStage = null } = standing;
  return (
    among(scope.devices, device) &&
    among(scope.places, place) &&
    among(scope.placeKinds, placeKind) &&
    among(scope.linkageModels, linkageModel) &&
    among(scope.deviceModels, model) &&
    among(scope.communes, commune) &&
    among(scope.crops, crop) &&
    among(scope.cropStages, cropStage)
  );
}

function among(list: readonly string[] | undefined, id: string | null): boolean {
  return list === undefined || (id !== null && list.includes(id));
}
