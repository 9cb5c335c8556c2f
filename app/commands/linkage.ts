import { readFileSync, writeFileSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import type { IndicatorResult, ModelVerdict, RecordKind, Register, Snapshots } from "../../linkage/index.ts";
import { openDataFolder } from "../data-folder/open-data-folder.ts";
import { type CommandContext, UserError } from "./context.ts";
import { countLinkage, type LinkageCount } from "./linkage-count.ts";
import { registerOutlines } from "./linkage-outlines.ts";
import { table } from "./table.ts";

interface CountOptions {
  readonly plan: string;
  readonly period?: string;
  readonly rule?: string;
  readonly model?: string;
}

/** `canhdong linkage …`: linkage models, the count of those that apply digital technology, and its snapshots. */
export function registerLinkage(program: Command, context: CommandContext): void {
  const linkage = program
    .command("linkage")
    .description("linkage models (mô hình liên kết): register, count by evidence, snapshots");
  const nowMs = context.now();

  linkage
    .command("import <kind> <file>")
    .description(
      "takes a whole CSV table into the register, or nothing of it; kind: cooperative, zone, key-product, model",
    )
    .requiredOption("--who <id>", "id of whoever answers for it")
    .action((kind: string, file: string, { who }: { who: string }) =>
      withRegister(context, async (register) => {
        const { importRecords } = await import("../../linkage/index.ts");
        const report = importRecords(register, await kindOf(kind), textOf(file), { who, nowMs });
        const told = (report.ok ? report.warnings : report.problems).map(
          ({ line, column, message }) => `${file}:${line}${column === null ? "" : ` ${column}`}: ${message}`,
        );
        if (!report.ok)
          throw new UserError([...told, "Nothing was kept: mend these rows and import again."].join("\n"));
        for (const warning of told) context.err(`${warning}\n`);
        context.out(`${report.added} added, ${report.changed} changed, ${report.unchanged} unchanged\n`);
      }),
    );

  linkage
    .command("export <kind> <file>")
    .description("writes what the register holds of one kind as CSV, as `import` reads it")
    .action((kind: string, file: string) =>
      withRegister(context, async (register) => {
        const { exportRecords } = await import("../../linkage/index.ts");
        const known = await kindOf(kind);
        const records = register.all(known);
        writeFileSync(file, exportRecords(known, records));
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

  const counting = (command: Command) =>
    command
      .requiredOption("--plan <id>", "whose targets: ha-tinh, nghe-an, hue, gia-lai, hai-duong")
      .option("--period <name>", "2026-Q1 or 2026 (default: the last quarter that has closed)")
      .option("--rule <file>", "the counting rule as YAML or JSON (default: the rule's defaults)");

  counting(linkage.command("count"))
    .description("the indicators, each with numerator, denominator, target and rule")
    .option("--model <id>", "one model: its checks, devices and days")
    .action((options: CountOptions) =>
      withRegister(context, async (register) => {
        const count = await countLinkage(context, register, options);
        context.out(
          options.model === undefined ? await countText(count) : modelText(verdictOf(count, options.model)),
        );
      }),
    );

  const snapshot = linkage
    .command("snapshot")
    .description("propose, confirm, list: what was reported is never rewritten");
  counting(snapshot.command("propose"))
    .description("counts, and freezes the count with everything it stood on")
    .requiredOption("--who <id>", "who proposes it")
    .action((options: CountOptions & { who: string }) =>
      withRegister(context, async (register) => {
        const { body } = await countLinkage(context, register, options);
        await withSnapshots(context, (snapshots) => {
          const { id, revision, hash } = snapshots.propose(body, options.who, nowMs);
          context.out(
            `snapshot ${id}, revision ${revision} of ${body.plan} ${body.period}\nsha256 ${hash}\n`,
          );
        });
      }),
    );
  snapshot
    .command("confirm <id>")
    .description("by another person than the one who proposed it")
    .requiredOption("--who <id>", "who confirms it")
    .action((id: string, { who }: { who: string }) =>
      withSnapshots(context, (snapshots) => {
        snapshots.confirm(numberOf(id), who, nowMs);
        context.out(`snapshot ${id} is confirmed by ${who}\n`);
      }),
    );
  snapshot
    .command("list")
    .description("newest first")
    .action(() =>
      withSnapshots(context, (snapshots) => {
        const rows = snapshots
          .all()
          .map((one) => [
            String(one.id),
            one.plan,
            one.period,
            String(one.revision),
            one.proposedBy,
            one.confirmedBy ?? "-",
            one.hash.slice(0, 12),
          ]);
        context.out(
          rows.length === 0
            ? "There is no snapshot yet. Make one: canhdong linkage snapshot propose --plan ID --who ID\n"
            : table([["ID", "PLAN", "PERIOD", "REVISION", "PROPOSED BY", "CONFIRMED BY", "SHA256"], ...rows]),
        );
      }),
    );
  snapshot
    .command("diff <before> <after>")
    .description("what the later snapshot says otherwise")
    .action((before: string, after: string) =>
      withSnapshots(context, async (snapshots) => {
        const { snapshotDifference } = await import("../../linkage/index.ts");
        const [then, now] = [before, after].map((id) => snapshots.body(numberOf(id)));
        context.out(`${JSON.stringify(snapshotDifference(then!, now!), null, 2)}\n`);
      }),
    );

  linkage
    .command("verify <id>")
    .description("whether a snapshot is still what was reported")
    .action((id: string) =>
      withSnapshots(context, (snapshots) => {
        const { ok, kept, found } = snapshots.verify(numberOf(id));
        if (!ok)
          throw new UserError(`snapshot ${id} was tampered with: sha256 ${found}, reported was ${kept}`);
        context.out(`snapshot ${id} is what was reported: sha256 ${kept}\n`);
      }),
    );
}

async function countText({ plan, body }: LinkageCount): Promise<string> {
  const { indicatorNames, metWords } = await import("../../linkage/index.ts");
  const row = (result: IndicatorResult) => [
    `${result.number}${result.picked ? "" : "*"}`,
    indicatorNames[result.indicator].vi,
    `${result.numerator}/${result.denominator}`,
    result.sharePercent === null ? "-" : `${result.sharePercent.toFixed(1)} %`,
    `${result.operator === "gt" ? ">" : "≥"} ${result.percent} %`,
    metWords[result.met].vi,
    result.on,
  ];
  const attested = body.evidence.verdicts.filter((verdict) => verdict.attested.length > 0).length;
  const { from, to } = body.evidence.period;
  return [
    `${plan.name}, ${body.period}: ${from} – ${to}. ${plan.document}\n`,
    table([
      ["SỐ", "CHỈ TIÊU", "TỬ/MẪU", "TỶ LỆ", "MỤC TIÊU", "KẾT QUẢ", "NGÀY"],
      ...body.indicators.map(row),
    ]),
    `Tính theo quy tắc ${body.evidence.rule}, không phải số liệu chính thức. * cách hiểu khác của cùng câu chữ.\n`,
    `Xác nhận bằng tay, không tính vào đâu: ${attested} mô hình.\n`,
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

async function withRegister<T>(
  context: CommandContext,
  work: (register: Register) => T | Promise<T>,
): Promise<T> {
  const { createUnitBook, openRegister, shippedUnits } = await import("../../linkage/index.ts");
  const file = openDataFolder(context.settings().data).linkage;
  const register = openRegister(file, createUnitBook(shippedUnits()));
  try {
    return await work(register);
  } finally {
    register.close();
  }
}

async function withSnapshots<T>(
  context: CommandContext,
  work: (snapshots: Snapshots) => T | Promise<T>,
): Promise<T> {
  const { openSnapshots, SnapshotError } = await import("../../linkage/index.ts");
  const snapshots = openSnapshots(openDataFolder(context.settings().data).snapshots);
  try {
    return await work(snapshots);
  } catch (error) {
    if (error instanceof SnapshotError) throw new UserError(error.message);
    throw error;
  } finally {
    snapshots.close();
  }
}

async function kindOf(text: string): Promise<RecordKind> {
  const { recordKinds } = await import("../../linkage/index.ts");
  const kind = recordKinds.find((one) => one === text);
  if (kind === undefined)
    throw new UserError(`"${text}" is no kind of record; known are ${recordKinds.join(", ")}.`);
  return kind;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
}

function numberOf(text: string): number {
  const id = Number(text);
  if (!Number.isInteger(id) || id < 1)
    throw new InvalidArgumentError(`"${text}" is no number of a snapshot.`);
  return id;
}
