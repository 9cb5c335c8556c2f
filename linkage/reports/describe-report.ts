import type { ProvincePlan } from "../indicators/province-plan.ts";
import { hoursLate } from "../periods/freeze.ts";
import { reportPeriod } from "../periods/report-period.ts";
import type { SnapshotBody } from "../periods/snapshot-body.ts";
import { communesAnnex } from "./annexes/communes.ts";
import { devicesAnnex, qualityAnnex } from "./annexes/devices.ts";
import { modelsAnnex } from "./annexes/models.ts";
import type { Letterhead, Report } from "./report.ts";
import type { ReportInput } from "./report-input.ts";
import { changesAnnex, changesSection } from "./sections/changes.ts";
import { indicatorSection } from "./sections/indicators.ts";
import { needsSection } from "./sections/needs.ts";
import { qualitySection } from "./sections/quality.ts";
import { dayText, periodText, placeAndDate, type Say, sayIn } from "./wording.ts";

/** Everything a report of a frozen snapshot says: the writers of documents, workbooks, tables and pages only give it a form. */
export function describeReport(input: ReportInput): Report {
  const say = sayIn(input.language);
  const { count, plan } = input;
  const { rule } = count.body.evidence;
  const period = say(periodText(count.body.period));
  const { from, to } = count.body.evidence.period;
  const head = letterheadOf(input, say);
  return {
    language: input.language,
    letterhead: head,
    kind: say({ vi: "BÁO CÁO", en: "REPORT" }),
    subject: say({
      vi: `Kết quả mô hình liên kết gắn với vùng nguyên liệu có ứng dụng công nghệ số ${period}`,
      en: `Linkage models tied to raw-material zones that apply digital technology, ${period}`,
    }),
    opening: [
      say({
        vi: `Thực hiện ${plan.document}, ${plan.office.department} báo cáo kết quả ${period} (từ ngày ${dayText(from)} đến hết ngày ${dayText(to)}) như sau:`,
        en: `Under “${plan.document}”, the department reports on ${period} (${dayText(from)} to ${dayText(to)}, both included):`,
      }),
    ],
    sections: [indicatorSection(input), needsSection(input), qualitySection(input), changesSection(input)],
    closing: [
      say({
        vi: `Không văn bản nào quy định cách tính chỉ tiêu này: các số liệu trên được tính theo quy tắc ${rule}, không phải số liệu thống kê chính thức.`,
        en: `No text defines how this is counted: the figures are calculated by rule ${rule} and are no official statistics.`,
      }),
      ...frozenTexts(input, say),
      standingText(input, say),
      say({
        vi: `Trên đây là báo cáo kết quả ${period}, ${plan.office.department} kính báo cáo./.`,
        en: "This is the department's report.",
      }),
    ],
    recipientsHeading: say({ vi: "Nơi nhận:", en: "To:" }),
    recipients: recipientsOf(input, say),
    signature: {
      onBehalfOf: input.paper.deputy ? say({ vi: "KT. GIÁM ĐỐC", en: "FOR THE DIRECTOR" }) : null,
      title: input.paper.deputy
        ? say({ vi: "PHÓ GIÁM ĐỐC", en: "DEPUTY DIRECTOR" })
        : say({ vi: "GIÁM ĐỐC", en: "DIRECTOR" }),
      name: input.paper.signer,
    },
    annexHeading: say({ vi: "Phụ lục", en: "Annex" }),
    annexes: [
      modelsAnnex(input),
      communesAnnex(input),
      qualityAnnex(input),
      changesAnnex(input),
      devicesAnnex(input),
    ],
    annexOf: annexOf(input, head, say),
    source: sourceOf(input, say),
    provenance: {
      rule,
      snapshot: `${count.snapshot.id} / ${count.snapshot.revision}`,
      sha256: count.snapshot.hash,
    },
  };
}

/** The phrase that every number is read with. */
function sourceOf({ count: { snapshot, body } }: ReportInput, say: Say): string {
  const hash = snapshot.hash.slice(0, 16);
  return say({
    vi: `Nguồn: tính theo quy tắc ${body.evidence.rule}; bản chốt số ${snapshot.id}, lần ${snapshot.revision}, SHA-256 ${hash}…`,
    en: `Source: calculated by rule ${body.evidence.rule}; snapshot ${snapshot.id}, revision ${snapshot.revision}, SHA-256 ${hash}…`,
  });
}

function letterheadOf({ plan, paper, count, language }: ReportInput, say: Say): Letterhead {
  const { committee, department, symbol, place } = plan.office;
  const year = paper.date?.slice(0, 4) ?? count.body.period.slice(0, 4);
  return {
    agencyAbove: committee.toLocaleUpperCase("vi"),
    agency: brokenBeforeAnd(department.toLocaleUpperCase("vi")),
    state: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    motto: "Độc lập - Tự do - Hạnh phúc",
    number: `${say({ vi: "Số", en: "No." })}: ${paper.number ?? "      "}/BC-${symbol}`,
    placeAndDate: placeAndDate(place, paper.date, year, language),
    draft: count.snapshot.confirmedBy === null ? say({ vi: "DỰ THẢO", en: "DRAFT" }) : null,
  };
}

/** What a reader must know of figures that were not frozen at the cut-off, or were corrected long after it. */
function frozenTexts({ count: { body }, plan }: ReportInput, say: Say): string[] {
  if (body.frozen?.kind === "late")
    return [
      say({
        vi: "Số liệu không được chốt đúng hạn: bản chốt được lập sau khi hết thời gian nhận số liệu đến muộn.",
        en: "The figures were not frozen in time: the snapshot was made after the days for what comes late.",
      }),
    ];
  return [...lateTexts(body, plan, say), ...reasonTexts(body, say)];
}

/** Frozen with the register of the cut-off, but with readings that were there only some time later. */
function lateTexts({ period, frozen }: SnapshotBody, { calendar }: ProvincePlan, say: Say): string[] {
  const late = frozen?.kind === "cut-off" ? hoursLate(frozen, reportPeriod(period, calendar)!) : 0;
  if (late === 0) return [];
  return [
    say({
      vi: `Số liệu được chốt muộn ${late} giờ: số đo đến trong thời gian đó cũng đã được tính.`,
      en: `The figures were frozen ${late} hours late: readings that arrived in that time are counted too.`,
    }),
  ];
}

function reasonTexts({ frozen }: SnapshotBody, say: Say): string[] {
  const reason = frozen?.reason ?? null;
  return reason === null
    ? []
    : [say({ vi: `Lý do đính chính: ${reason}.`, en: `Reason of the correction: ${reason}.` })];
}

/** Who stands for the figures: one person proposed them, another confirmed. */
function standingText({ count: { snapshot } }: ReportInput, say: Say): string {
  const { proposedBy, confirmedBy } = snapshot;
  if (confirmedBy === null)
    return say({
      vi: `Số liệu do ${proposedBy} đề xuất, chưa có người xác nhận: văn bản này là dự thảo.`,
      en: `Proposed by ${proposedBy}, confirmed by nobody yet: this is a draft.`,
    });
  return say({
    vi: `Số liệu do ${proposedBy} đề xuất và ${confirmedBy} xác nhận.`,
    en: `Proposed by ${proposedBy}, confirmed by ${confirmedBy}.`,
  });
}

function recipientsOf({ plan }: ReportInput, say: Say): string[] {
  return [
    say({ vi: `- ${plan.office.committee} (để b/c);`, en: `- ${plan.office.committee} (to report);` }),
    say({
      vi: "- Văn phòng Điều phối nông thôn mới;",
      en: "- Văn phòng Điều phối nông thôn mới (coordination office);",
    }),
    say({ vi: "- Lưu: VT.", en: "- Archive." }),
  ];
}

function annexOf({ paper, plan }: ReportInput, { number }: Letterhead, say: Say): string {
  const day =
    paper.date === null
      ? say({ vi: "ngày      /     /", en: "of      /     /" })
      : `${say({ vi: "ngày", en: "of" })} ${dayText(paper.date)}`;
  return say({
    vi: `(Kèm theo Báo cáo ${number.replace("Số:", "số")} ${day} của ${plan.office.department})`,
    en: `(With report ${number} ${day} of ${plan.office.department})`,
  });
}

/** A long name stands on two lines, the second from "và" on: the spaces after it do not break. */
function brokenBeforeAnd(name: string): string {
  return name.replace(/VÀ .*$/, (rest) => rest.replaceAll(" ", "\u00a0"));
}
