import type { Finding, ModelVerdict } from "../../evidence/judge-model.ts";
import type { LinkageModel } from "../../registry/linkage-model.ts";
import { columnIn } from "../column-in.ts";
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
  const column = columnIn(language);
  const records = new Map(count.body.register.model.map((model) => [model.id, model]));
  return {
    id: "models",
    printed: true,
    title: say({ vi: "Danh sách mô hình liên kết và kết quả tính", en: "Linkage models and their verdicts" }),
    columns: [
      column("number", "TT", "No.", 10),
      column("model", "Mã", "Id", 28, "left"),
      column("name", "Mô hình", "Model", 42, "left"),
      column("product", "Sản phẩm", "Product", 22, "left"),
      column("lead", "Bên chủ trì", "Lead party", 36, "left"),
      column("zone_tied", "Gắn vùng", "Zone-tied", 14),
      column("iot", "Thiết bị", "Telemetry", 17),
      column("digital", "Mọi hình thức", "Any proof", 17),
      column("because", "Căn cứ", "Because", 66, "left"),
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
