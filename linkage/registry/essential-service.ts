import { z } from "zod";
import { CommuneCode, DateText, Id, inOrder, inOrderRule, Label, validity } from "./fields.ts";
import { mustBe } from "./must-be.ts";

/** As the plans list them: y tế, giáo dục, giám sát cộng đồng, an ninh trật tự, môi trường, văn hóa; clean water is a kind of the environment. */
export const essentialServices = [
  "environment-monitoring",
  "clean-water-monitoring",
  "community-monitoring",
  "health",
  "education",
  "security",
  "culture",
] as const;

/** An essential service that a commune gives by digital means; of monitoring points, which device measures there. */
export const EssentialService = z
  .strictObject({
    id: Id,
    name: Label,
    service: z.enum(essentialServices),
    communeCode: CommuneCode,
    communeAsOf: DateText.describe("A day on which the code stood for the commune that is meant."),
    device: Id.nullable().default(null).describe("At a monitoring point: what measures there."),
    ...validity,
  })
  .refine(inOrder, inOrderRule)
  .refine(
    ({ service, device }) =>
      device !== null || !["environment-monitoring", "clean-water-monitoring"].includes(service),
    { message: mustBe.monitoringDevice.en, path: ["device"] },
  );
export type EssentialService = z.output<typeof EssentialService>;
