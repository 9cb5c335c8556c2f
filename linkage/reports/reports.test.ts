import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import { readSheet } from "read-excel-file/node";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { startOfDateMs } from "../../calendar/index.ts";
import { readTable } from "../../csv/index.ts";
import { freezeOf } from "../periods/freeze.ts";
import { openSnapshots, type Snapshots } from "../periods/open-snapshots.ts";
import { reportPeriod } from "../periods/report-period.ts";
import { writeCsv } from "./csv/write-csv.ts";
import { type Report, shareText } from "./report.ts";
import { reportForms } from "./report-formats.ts";
import { filledSnapshots, paper, reportOf } from "./test-report.ts";

let snapshots: Snapshots;
let report: Report;
beforeAll(async () => {
  snapshots = await filledSnapshots();
  report = reportOf(snapshots, 3);
  return () => snapshots.close();
}, 120_000);

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
/** What a reader sees of a part of a document: its text without the marks. */
const seen = (xml: string) => xml.replace(/<\/w:p>/g, "\n").replace(/<[^>]+>/g, "");

describe("the description", () => {
  test("tells every target with its words, operator, both parts, the period before and the rule", () => {
    const [indicators] = report.sections;
    const rows = indicators!.table!.rows;
    const body = snapshots.body(3);
    expect(rows).toHaveLength(body.indicators.length + body.amounts!.length);
    expect(rows[4]).toEqual([
      "11",
      expect.stringContaining("“50% các mô hình liên kết gắn với vùng nguyên liệu có ứng dụng công nghệ số”"),
      "≥",
      "50 %",
      8,
      13,
      { share: 8 / 13, target: 0.5 },
      "đạt",
      "4/13 (30,8\u00a0%)",
      "3 chưa có số liệu",
    ]);
    expect(report.source).toContain(body.evidence.rule);
    expect(report.source).toContain(snapshots.snapshot(3)!.hash.slice(0, 16));
  });

  test("says how many models are missing, and names the nearest with what each lacks", () => {
    const [, needs] = report.sections;
    expect(needs!.paragraphs[0]).toBe(
      "Tính theo số liệu thiết bị: cần thêm 2 mô hình được tính để đạt mức 50 %.",
    );
    const lacking = needs!.table!.rows.map((row) => row[2] as number);
    expect(lacking).toEqual(lacking.toSorted((a, b) => a - b));
    expect(String(needs!.table!.rows[0]![3])).toMatch(/^Chưa tính: /);
  });

  test("compares with the revision before and with the period before", () => {
    const changes = report.sections[3]!.paragraphs.join("\n");
    expect(changes).toMatch(/So với lần chốt trước của cùng kỳ \(bản chốt số 2\): .*; 2 mô hình đổi kết quả/);
    expect(changes).toMatch(/So với quý II năm 2026: quy tắc tính giữ nguyên/);
    expect(report.annexes.find(({ id }) => id === "changes")!.rows).toHaveLength(2);
  });

  test("is a draft as long as nobody confirmed the snapshot, with room for number and day", () => {
    const blank = { number: null, date: null, signer: null, deputy: false };
    const draft = reportOf(snapshots, 2, "vi", blank);
    expect(draft.letterhead.draft).toBe("DỰ THẢO");
    expect(draft.letterhead.number).toMatch(/^Số: +\/BC-SNNMT$/);
    expect(draft.letterhead.placeAndDate).toMatch(/^Hà Tĩnh, ngày +tháng +năm 2026$/);
    expect(report.letterhead.draft).toBeNull();
    expect(report.letterhead.placeAndDate).toBe("Hà Tĩnh, ngày 05 tháng 9 năm 2026");
  });

  test("says when the figures were not frozen in time, and why they were corrected", async () => {
    const late = openSnapshots(":memory:");
    const period = reportPeriod("2026-Q2")!;
    const nowMs = startOfDateMs("2026-11-22");
    const body = snapshots.body(1);
    late.propose({ ...body, frozen: freezeOf(period, true, { nowMs }) }, "htx-01", nowMs);
    const corrected = freezeOf(period, false, { nowMs, reason: "đo lại diện tích" });
    const [first, ...others] = body.register.model;
    const model = [{ ...first!, areaHa: (first!.areaHa ?? 0) + 1 }, ...others];
    late.propose({ ...body, register: { ...body.register, model }, frozen: corrected }, "htx-01", nowMs);
    expect(reportOf(late, 1).closing[1]).toMatch(/^Số liệu không được chốt đúng hạn/);
    expect(reportOf(late, 2).closing[1]).toBe("Lý do đính chính: đo lại diện tích.");
    late.close();
  });

  test("reads in English, too, but for the plan's own words", () => {
    const english = reportOf(snapshots, 3, "en");
    expect(english.sections.map(({ heading }) => heading)).toEqual([
      "Indicators",
      "What is needed to reach the target",
      "Data quality",
      "Changes since the last report",
    ]);
    expect(english.source).toMatch(/^Source: calculated by rule /);
  });
});

test("rounding never reaches a target that was not reached", () => {
  expect(shareText({ share: 0.4996, target: 0.5 }, "vi")).toBe("49,96\u00a0%");
  expect(shareText({ share: 0.5, target: 0.5 }, "vi")).toBe("50,0\u00a0%");
  expect(shareText({ share: 2 / 3, target: 0.7 }, "en")).toBe("66.7\u00a0%");
});

describe("the document", () => {
  let parts: ReadonlyMap<string, string>;
  beforeAll(async () => {
    parts = unzipped(await reportForms.docx.write(report));
  });

  test("is A4 in Times New Roman 14 with the margins of the decree, annexes lying", () => {
    const xml = parts.get("word/document.xml")!;
    const sizes = [...xml.matchAll(/<w:pgSz ([^>]+)\/>/g)].map(([, attributes]) => attributes!);
    expect(sizes).toHaveLength(5);
    expect(sizes[0]).toMatch(/w:w="11906".*w:h="16838"/);
    for (const lying of sizes.slice(1)) expect(lying).toMatch(/w:w="16838".*w:h="11906".*landscape/);
    const margins = /<w:pgMar ([^>]+)\/>/.exec(xml)![1]!;
    for (const [side, mm] of [
      ["top", 20],
      ["bottom", 20],
      ["left", 30],
      ["right", 15],
    ] as const)
      expect(margins).toContain(`w:${side}="${Math.round((mm / 25.4) * 1440)}"`);
    expect(new Set([...xml.matchAll(/w:rFonts w:ascii="([^"]+)"/g)].map(([, name]) => name))).toEqual(
      new Set(["Times New Roman"]),
    );
    expect(parts.get("word/styles.xml")).toContain('<w:sz w:val="28"/>');
  });

  test("has the parts of an administrative document in their order", () => {
    const text = seen(parts.get("word/document.xml")!);
    const order = [
      "UBND TỈNH HÀ TĨNH",
      "SỞ NÔNG NGHIỆP VÀ\u00a0MÔI\u00a0TRƯỜNG",
      "Số: 15/BC-SNNMT",
      "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
      "Độc lập - Tự do - Hạnh phúc",
      "Hà Tĩnh, ngày 05 tháng 9 năm 2026",
      "BÁO CÁO",
      "quý III năm 2026",
      "1. Kết quả các chỉ tiêu",
      "2. Việc cần làm để đạt mục tiêu",
      "3. Chất lượng số liệu",
      "4. Thay đổi so với lần báo cáo trước",
      "Nơi nhận:",
      "- Lưu: VT.",
      "KT. GIÁM ĐỐC",
      "PHÓ GIÁM ĐỐC",
      paper.signer!,
      "Phụ lục I",
      "Phụ lục IV",
    ];
    let from = 0;
    for (const words of order) {
      const at = text.indexOf(words, from);
      expect(at, `"${words}" after what stands before it`).toBeGreaterThanOrEqual(from);
      from = at;
    }
  });

  test("names rule and snapshot under every table, under the chart and at the foot of every page", () => {
    const text = seen(parts.get("word/document.xml")!);
    const shown = report.sections.filter(({ table }) => table !== undefined && table.rows.length > 0).length;
    const annexes = report.annexes.filter(({ printed, rows }) => printed && rows.length > 0).length;
    expect(text.split(report.source).length - 1).toBe(shown + annexes + 1);
    const feet = [...parts].filter(([name]) => /^word\/footer\d+\.xml$/.test(name));
    for (const [, xml] of feet) expect(seen(xml)).toContain(report.source);
    expect(feet.length).toBeGreaterThan(0);
  });

  test("holds the chart as a chart, with the numbers of the table", () => {
    const chart = [...parts].find(([name]) => /^word\/charts\/chart[^/]*\.xml$/.test(name))![1];
    expect(chart).toContain("c:barChart");
    const values = [...chart.matchAll(/<c:v>([^<]+)<\/c:v>/g)].map(([, value]) => value);
    expect(values).toEqual(expect.arrayContaining(["61.5", "50", "30.8"]));
  });
});

test("the workbook has a sheet for every table, numbers as numbers and codes as text", async () => {
  const bytes = Buffer.from(await reportForms.xlsx.write(report));
  const sheet = await readSheet(bytes, 1);
  expect(sheet[3]![0]).toBe(report.source);
  expect(sheet[9]!.slice(4, 7)).toEqual([8, 13, 8 / 13]);
  const communes = await readSheet(bytes, "Kết quả theo xã");
  expect(communes).toHaveLength(5 + 60);
  expect(communes[5]![1]).toMatch(/^\d{5}$/);
  const devices = await readSheet(bytes, "Thiết bị");
  expect(devices).toHaveLength(5 + snapshots.body(3).evidence.verdicts.flatMap((one) => one.devices).length);
});

test("the table for machines names rule and snapshot in every row, and any table can be had", () => {
  const columns = [...report.sections[0]!.table!.columns.map(({ id }) => id), "rule", "snapshot", "sha256"];
  const { rows, problems } = readTable(textOf(writeCsv(report)), { columns, required: columns });
  expect(problems).toEqual([]);
  expect(rows[4]!.cells).toMatchObject({
    numerator: "8",
    denominator: "13",
    share: "0.615385",
    rule: snapshots.body(3).evidence.rule,
    sha256: snapshots.snapshot(3)!.hash,
  });
  expect(textOf(writeCsv(report, "communes")).split("\n")).toHaveLength(60 + 2);
  expect(() => writeCsv(report, "farmers")).toThrow(/there is no table "farmers"; there are indicators, /);
});

test("the page needs nothing from elsewhere, and what a register says cannot become a part of it", async () => {
  const page = textOf(await reportForms.html.write(report));
  expect(page).not.toMatch(/(src|href)=|<script|@import|url\(/);
  expect(page.split(report.source.replaceAll("'", "&#39;")).length - 1).toBeGreaterThan(7);
  const hostile = { ...report, subject: `<img onerror="x">&`, annexes: [] };
  const shown = textOf(await reportForms.html.write(hostile));
  expect(shown).toContain("&lt;img onerror=&quot;x&quot;&gt;&amp;");
  expect(shown).not.toContain("<img");
});

const soffice = ["/usr/bin/soffice", "/usr/local/bin/soffice"].find(existsSync);

test.skipIf(soffice === undefined)(
  "LibreOffice opens document and workbook, and shows what they say",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "canhdong-report-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    for (const form of ["docx", "xlsx"] as const) {
      writeFileSync(join(folder, `r.${form}`), await reportForms[form].write(report));
      execFileSync(soffice!, [
        `-env:UserInstallation=file://${folder}/profile`,
        "--headless",
        "--convert-to",
        form === "docx" ? "txt:Text (encoded):UTF8" : "csv:Text - txt - csv (StarCalc):44,34,76",
        "--outdir",
        folder,
        join(folder, `r.${form}`),
      ]);
    }
    expect(readFileSync(join(folder, "r.txt"), "utf8")).toContain("Hà Tĩnh, ngày 05 tháng 9 năm 2026");
    expect(readFileSync(join(folder, "r.csv"), "utf8")).toMatch(/≥,50 %,8,13,61\.5%,đạt/);
  },
  300_000,
);

/** The parts of a ZIP archive as text, by its central directory. */
function unzipped(bytes: Uint8Array): ReadonlyMap<string, string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  while (view.getUint32(end, true) !== 0x06054b50) end -= 1;
  const parts = new Map<string, string>();
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const size = view.getUint32(at + 20, true);
    const nameLength = view.getUint16(at + 28, true);
    const name = textOf(bytes.subarray(at + 46, at + 46 + nameLength));
    const local = view.getUint32(at + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const data = bytes.subarray(start, start + size);
    parts.set(name, view.getUint16(at + 10, true) === 0 ? textOf(data) : textOf(inflateRawSync(data)));
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return parts;
}
