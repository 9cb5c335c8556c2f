import { readFileSync, writeFileSync } from "node:fs";
import type { Command } from "commander";
import type {
  AmountResult,
  ImportReport,
  IndicatorResult,
  ModelVerdict,
  RecordKind,
  Register,
} from "../../linkage/index.ts";
import { type CommandContext, UserError } from "./context.ts";
import { type CountOptions, countLinkage, countOptions, type LinkageCount } from "./linkage-count.ts";
import { withRegister } from "./linkage-files.ts";
import { registerOutlines } from "./linkage-outlines.ts";
import { registerReport } from "./linkage-report.ts";
import { registerSnapshots } from "./linkage-snapshot.ts";
import { table } from "./table.ts";

/** `canhdong linkage …`: linkage models, the count of those that apply digital technology, and its snapshots. */
export function registerLinkage(program: Command, context: CommandContext): void {
  const linkage = program
    .command("linkage")
    .description("linkage models (mô hình liên kết): register, count by evidence, snapshots");
  const nowMs = context.now();

  linkage
    .command("import <kind> <file>")
    .description(
      "takes a whole table (.csv, .xlsx) into the register, or nothing of it; kind: cooperative, zone, key-product, model, feedback, essential-service, smart-place, participation, calibration",
    )
    .requiredOption("--who <id>", "id of whoever answers for it")
    .action((kind: string, file: string, { who }: { who: string }) =>
      withRegister(context, async (register) => {
        const report = await imported(register, await kindOf(kind), file, { who, nowMs });
        const told = (report.ok ? report.warnings : report.problems).map(
          ({ line, column, message: { vi, en } }) =>
            `${file}:${line}${column === null ? "" : ` ${column}`}: ${vi}\n    ${en}`,
        );
        if (!report.ok) throw new UserError([...told, nothingKept].join("\n"));
        for (const warning of told) context.err(`${warning}\n`);
        context.out(`${report.added} added, ${report.changed} changed, ${report.unchanged} unchanged\n`);
      }),
    );

  linkage
    .command("export <kind> <file>")
    .description("writes what the register holds of one kind as .csv or .xlsx, as `import` reads it")
    .action((kind: string, file: string) =>
      withRegister(context, async (register) => {
        const { exportRecords, exportWorkbook } = await import("../../linkage/index.ts");
        const known = await kindOf(kind);
        const records = register.all(known);
        const write = isWorkbook(file) ? exportWorkbook : exportRecords;
        writeFileSync(file, await write(known, records));
        context.out(`${file}  ${records.length} rows\n`);
      }),
    );

  linkage
    .command("models")
    .description("the linkage models of the register")
    .action(() =>
      withRegister(context, (register) => {
        const rows = register
          .all("model")
          .map(({ id, name, product, status, zones, contract }) => [
            id,
            name,
            product,
            status,
            zones.join(" "),
            contract?.to ?? "-",
          ]);
        context.out(
          rows.length === 0
            ? "There is no model yet. Import some: canhdong linkage import model FILE --who ID\n"
            : table([["ID", "NAME", "PRODUCT", "STATUS", "ZONES", "CONTRACT TO"], ...rows]),
        );
      }),
    );

  registerReport(linkage, context);
  registerOutlines(linkage, context);

  linkage
    .command("units <file>")
    .description("checks a list of administrative units (CSV), row by row")
    .action(async (file: string) => {
      const { readUnits } = await import("../../linkage/index.ts");
      const read = readUnits(textOf(file));
      if (!read.ok) {
        const told = read.problems.map(
          ({ line, column, message }) => `${file}:${line} ${column ?? ""}: ${message}`,
        );
        throw new UserError(told.join("\n"));
      }
      context.out(`${file}  ${read.units.length} units, nothing wrong\n`);
    });

  countOptions(linkage.command("count"))
    .description("the indicators, each with numerator, denominator, target and rule")
    .option("--model <id>", "one model: its checks, devices and days")
    .action((options: CountOptions & { readonly model?: string }) =>
      withRegister(context, async (register) => {
        const count = await countLinkage(context, register, options);
        context.out(
          options.model === undefined ? await countText(count) : modelText(verdictOf(count, options.model)),
        );
      }),
    );

  registerSnapshots(linkage, context);
}

async function countText({ plan, body }: LinkageCount): Promise<string> {
  const { amountMetWords, amountNames, indicatorNames, metWords } = await import("../../linkage/index.ts");
  const row = (result: IndicatorResult) => [
    `${result.number}${result.picked ? "" : "*"}`,
    indicatorNames[result.indicator].vi,
    `${result.numerator}/${result.denominator}`,
    result.sharePercent === null ? "-" : `${result.sharePercent.toFixed(1)} %`,
    `${result.operator === "gt" ? ">" : "≥"} ${result.percent} %`,
    metWords[result.met].vi,
    result.on,
  ];
  const amountRow = ({ number, indicator, amount, least, met, on }: AmountResult) => [
    String(number),
    amountNames[indicator].vi,
    String(amount),
    "-",
    least === null ? "-" : `≥ ${least}`,
    amountMetWords[met].vi,
    on,
  ];
  const attested = body.evidence.verdicts.filter((verdict) => verdict.attested.length > 0).length;
  const { from, to } = body.evidence.period;
  return [
    `${plan.name}, ${body.period}: ${from} – ${to}. ${plan.document}\n`,
    table([
      ["SỐ", "CHỈ TIÊU", "TỬ/MẪU", "TỶ LỆ", "MỤC TIÊU", "KẾT QUẢ", "NGÀY"],
      ...body.indicators.map(row),
      ...(body.amounts ?? []).map(amountRow),
    ]),
    `Tính theo quy tắc ${body.evidence.rule}, không phải số liệu chính thức. * cách hiểu khác của cùng nguyên văn.\n`,
    `Xác nhận bằng tay, không cộng vào kết quả: ${attested} mô hình.\n`,
    ...plan.notes.map(({ vi }) => `Lưu ý: ${vi}.\n`),
  ].join("");
}

function verdictOf({ body }: LinkageCount, id: string): ModelVerdict {
  const verdict = body.evidence.verdicts.find(({ model }) => model === id);
  if (verdict === undefined) throw new UserError(`No model "${id}" runs on ${body.evidence.period.to}.`);
  return verdict;
}

function modelText({ name, because, devices, excused }: ModelVerdict): string {
  const rows = devices.map((device) => [
    device.device,
    device.counts ? "có" : "không",
    `${device.activeDays}/${device.daysInSeason}`,
    `${device.validHours}/${device.expectedHours}`,
    device.position,
    device.because.vi,
  ]);
  return [
    `${name}\n${because.vi}\n${because.en}\n`,
    rows.length === 0 ? "" : table([["THIẾT BỊ", "TÍNH", "NGÀY", "GIỜ", "VỊ TRÍ", "VÌ SAO"], ...rows]),
    excused.length === 0 ? "" : `Bất khả kháng: ${excused.length} ngày không tính.\n`,
  ].join("");
}

async function kindOf(text: string): Promise<RecordKind> {
  const { recordKinds } = await import("../../linkage/index.ts");
  const kind = recordKinds.find((one) => one === text);
  if (kind === undefined)
    throw new UserError(`"${text}" is no kind of record; known are ${recordKinds.join(", ")}.`);
  return kind;
}

const nothingKept =
  "Không dòng nào được nhận: sửa các dòng trên rồi nhập lại.\nNothing was kept: mend these rows and import again.";

const isWorkbook = (file: string) => file.toLowerCase().endsWith(".xlsx");

async function imported(
  register: Register,
  kind: RecordKind,
  file: string,
  edit: { readonly who: string; readonly nowMs: number },
): Promise<ImportReport> {
  const { importRecords, importWorkbook } = await import("../../linkage/index.ts");
  if (isWorkbook(file)) return importWorkbook(register, kind, bytesOf(file), edit);
  return importRecords(register, kind, textOf(file), edit);
}

const textOf = (file: string) => new TextDecoder().decode(bytesOf(file));

function bytesOf(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}
