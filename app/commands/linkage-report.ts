import { writeFileSync } from "node:fs";
import { type Command, Option } from "commander";
import type { Report, ReportFormat, ReportLanguage, Snapshots } from "../../linkage/index.ts";
import { type CommandContext, UserError } from "./context.ts";
import { snapshotNumber, withSnapshots } from "./linkage-files.ts";
import { languageOption } from "./options.ts";

interface ReportOptions {
  readonly snapshot: number;
  readonly out: string;
  readonly format?: ReportFormat;
  readonly language: ReportLanguage;
  readonly table?: string;
  readonly number?: string;
  readonly date?: string;
  readonly signer?: string;
  readonly deputy?: boolean;
}

/** `canhdong linkage report`: a frozen snapshot as the paper that a department signs, or as a workbook, table or page. */
export function registerReport(linkage: Command, context: CommandContext): void {
  linkage
    .command("report")
    .description("writes the report of a frozen snapshot; a draft until another person has confirmed it")
    .requiredOption("--snapshot <id>", "which snapshot: see `linkage snapshot list`", snapshotNumber)
    .requiredOption("--out <file>", "where to write it")
    .addOption(
      new Option("--format <format>", "default: by the file's ending").choices([
        "docx",
        "xlsx",
        "csv",
        "html",
      ]),
    )
    .addOption(languageOption())
    .option(
      "--table <id>",
      "of the CSV: indicators, needs, quality, models, communes, devices … (default: indicators)",
    )
    .option("--number <number>", "number of the paper (default: room to write it)")
    .option("--date <date>", "day of the paper, 2026-09-14 (default: room to write it)")
    .option("--signer <name>", "name under the signature (default: room to write it)")
    .option("--deputy", "a deputy signs for the director")
    .action((options: ReportOptions) =>
      withSnapshots(context, async (snapshots) => {
        const format = options.format ?? (await formatOf(options.out));
        const report = await reportIn(snapshots, options);
        const bytes = await written(report, format, options.table);
        writeFileSync(options.out, bytes);
        const draft = report.letterhead.draft === null ? "" : "  (draft: nobody has confirmed the snapshot)";
        context.out(`${options.out}  ${bytes.length} bytes${draft}\n`);
      }),
    );
}

async function formatOf(file: string): Promise<ReportFormat> {
  const { reportForms } = await import("../../linkage/index.ts");
  const formats = Object.keys(reportForms) as ReportFormat[];
  const found = formats.find((format) => file.toLowerCase().endsWith(`.${format}`));
  if (found === undefined)
    throw new UserError(`${file}: say --format ${formats.join(", ")}, or end the name with one of these.`);
  return found;
}

/** What was tampered with is not reported. */
async function reportIn(snapshots: Snapshots, options: ReportOptions): Promise<Report> {
  const linkage = await import("../../linkage/index.ts");
  const { snapshot: id, date = null, number = null, signer = null, deputy = false, language } = options;
  if (date !== null && !/^\d{4}-\d\d-\d\d$/.test(date))
    throw new UserError(`"${date}" is no date: write it as 2026-09-14.`);
  const { ok, kept, found } = snapshots.verify(id);
  if (!ok) throw new UserError(`snapshot ${id} was tampered with: sha256 ${found}, reported was ${kept}`);
  const counts = linkage.reportedCounts(snapshots, id);
  const units = linkage.createUnitBook(linkage.shippedUnits());
  const plan = linkage.planFor(counts.count.body.plan, units);
  if (plan === undefined)
    throw new UserError(`The plan "${counts.count.body.plan}" of snapshot ${id} is not known here.`);
  return linkage.describeReport({
    ...counts,
    plan,
    units,
    language,
    paper: { number, date, signer, deputy },
  });
}

async function written(report: Report, format: ReportFormat, table: string | undefined): Promise<Uint8Array> {
  const { reportForms, writeCsv } = await import("../../linkage/index.ts");
  if (table === undefined) return reportForms[format].write(report);
  if (format !== "csv") throw new UserError("--table is for --format csv: the others hold every table.");
  try {
    return writeCsv(report, table);
  } catch (error) {
    if (error instanceof RangeError) throw new UserError(error.message);
    throw error;
  }
}
