import { z } from "zod";
import {
  AreaHa,
  Count,
  DateText,
  Decision,
  Id,
  inOrder,
  inOrderRule,
  Label,
  RegistrationNo,
  validity,
} from "./fields.ts";
import { mustBe } from "./must-be.ts";

export const sectors = ["crops", "livestock", "aquaculture", "forestry", "salt"] as const;
export const leadTypes = ["enterprise", "cooperative", "cooperative-union"] as const;
export const modelStatuses = ["draft", "active", "suspended", "ended"] as const;
/** What else than telemetry may prove digital technology; `attested` is somebody's word and never added to the others. */
export const proofKinds = ["traceability", "e-diary", "e-commerce", "attested"] as const;
export type ProofKind = (typeof proofKinds)[number];

/**
 * Mô hình liên kết: producers and a lead party bound by a contract (Nghị định 98/2018/NĐ-CP, articles 2 to 4). Producers are
 * cooperatives by id and households by number only.
 */
export const LinkageModel = z
  .strictObject({
    id: Id,
    name: Label,
    form: z.number().int(mustBe.form.en).min(1, mustBe.form.en).max(7, mustBe.form.en),
    sector: z.enum(sectors),
    product: Id.describe("Code of the product, as in the key products."),
    productName: Label,
    lead: z.strictObject({
      type: z.enum(leadTypes),
      name: Label,
      registrationNo: RegistrationNo.nullable().default(null),
    }),
    cooperatives: z.array(Id).default([]),
    households: Count.nullable().default(null),
    areaHa: AreaHa.nullable().default(null),
    heads: Count.nullable().default(null).describe("Animals, of livestock."),
    pondHa: AreaHa.nullable().default(null),
    houses: Count.nullable().default(null).describe("Sheds or groups of ponds that are watched one by one."),
    zones: z.array(Id).default([]),
    contract: z
      .strictObject({
        no: Label,
        date: DateText.nullable().default(null),
        from: DateText,
        to: DateText,
        volume: Label.nullable().default(null),
        file: Label.nullable().default(null),
      })
      .refine(({ from, to }) => from <= to, { message: mustBe.afterContractFrom.en, path: ["to"] })
      .nullable()
      .default(null),
    decision: Decision.nullable().default(null).describe("Approves the linkage project, where there is one."),
    certificates: z
      .array(z.strictObject({ name: Label, validTo: DateText.nullable().default(null) }))
      .default([]),
    proofs: z
      .array(
        z.strictObject({
          kind: z.enum(proofKinds),
          reference: Label.describe("Where it can be looked up."),
          from: DateText,
          to: DateText,
        }),
      )
      .default([]),
    status: z.enum(modelStatuses),
    ...validity,
    reportedBy: Id.nullable().default(null),
    confirmedBy: Id.nullable().default(null),
  })
  .refine(inOrder, inOrderRule)
  .refine(({ reportedBy, confirmedBy }) => confirmedBy === null || confirmedBy !== reportedBy, {
    message: mustBe.otherPerson.en,
    path: ["confirmedBy"],
  });
export type LinkageModel = z.output<typeof LinkageModel>;
