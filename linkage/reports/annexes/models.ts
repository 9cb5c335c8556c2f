import type { Finding, ModelVerdict } from "../../evidence/judge-model.ts";
import type { LinkageModel } from "../../registry/linkage-model.ts";
import type { ReportAnnex, ReportCell } from "../report.ts";
import type { ReportInput } from "../report-input.ts";
import { type Say, sayIn } from "../wording.ts";

const findingWords: Readonly<Record<Finding, { readonly vi: string; readonly en: string }>> = {
  yes: { vi: "có", en: "yes" },
  no: { vi: "chưa", en: "no" },
  "no-data": { vi: "chưa có số liệu", en: "no data" },
};

/** Every model that ran on the last day, with its verdict and why. */
export function modelsAnnex({ count, language }: ReportInput): ReportAnnex {
  const say = sayIn(language);
  const records = new Map(count.body.register.model.map((model) => [model.id, model]));
  return {
    id: "models",
    printed: true,
    title: say({ vi: "Danh sách mô hình liên kết và kết quả tính", en: "Linkage models and their verdicts" }),
    columns: [
      { id: "number", heading: say({ vi: "TT", en: "No." }), widthMm: 10, align: "center" },
      { id: "model", heading: say({ vi: "Mã", en: "Id" }), widthMm: 28, align: "left" },
      { id: "name", heading: say({ vi: "Mô hình", en: "Model" }), widthMm: 42, align: "left" },
      { id: "product", heading: say({ vi: "Sản phẩm", en: "Product" }), widthMm: 22, align: "left" },
      { id: "lead", heading: say({ vi: "Bên chủ trì", en: "Lead party" }), widthMm: 36, align: "left" },
      { id: "zone_tied", heading: say({ vi: "Gắn vùng", en: "Zone-tied" }), widthMm: 14, align: "center" },
      { id: "iot", heading: say({ vi: "Thiết bị", en: "Telemetry" }), widthMm: 17, align: "center" },
      { id: "digital", heading: say({ vi: "Mọi hình thức", en: "Any proof" }), widthMm: 17, align: "center" },
      { id: "because", heading: say({ vi: "Căn cứ", en: "Because" }), widthMm: 66, align: "left" },
    ],
    rows: count.body.evidence.verdicts.map((verdict, i) => [
      i + 1,
      ...modelRow(verdict, records.get(verdict.model), say),
    ]),
    empty: say({ vi: "Sổ đăng ký chưa có mô hình nào.", en: "There is no model in the register." }),
  };
}

function modelRow(verdict: ModelVerdict, record: LinkageModel | undefined, say: Say): ReportCell[] {
  return [
    verdict.model,
    verdict.name,
    record?.productName ?? null,
    record?.lead.name ?? null,
    verdict.zoneTied ? say({ vi: "có", en: "yes" }) : say({ vi: "chưa", en: "no" }),
    say(findingWords[verdict.iot]),
    say(findingWords[verdict.digital]),
    say(verdict.because),
  ];
}
