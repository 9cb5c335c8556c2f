import { describeReport, planOf, reportForms, type UnitBook } from "../../../linkage/index.ts";
import { LinkageProblem, type MadeFile } from "../../http/linkage-office.ts";
import type { ReportQuery } from "../../http/linkage-shapes.ts";
import type { SnapshotBook } from "./snapshot-book.ts";

/**
 * The report of a snapshot as a file, with room for number, day and signature. What was tampered with is not reported.
 *
 * @throws LinkageProblem when there is no such snapshot, or it is not what was frozen
 */
export async function makeReport(
  book: Pick<SnapshotBook, "reported" | "verify">,
  id: number,
  { format, language, units }: ReportQuery & { readonly units: UnitBook },
): Promise<MadeFile> {
  const { ok, kept, found } = book.verify(id);
  if (!ok)
    throw new LinkageProblem(
      "refused",
      `Snapshot ${id} was tampered with: SHA-256 ${found}, reported was ${kept}.`,
    );
  const counts = book.reported(id);
  const { plan: planId, period } = counts.count.body;
  const plan = planOf(planId);
  if (plan === undefined)
    throw new LinkageProblem("refused", `The plan "${planId}" of snapshot ${id} is not known here.`);
  const paper = { number: null, date: null, signer: null, deputy: false };
  const { mediaType, write } = reportForms[format];
  const bytes = await write(describeReport({ ...counts, plan, units, language, paper }));
  return { name: `bao-cao-${planId}-${period}-${id}.${format}`, type: mediaType, bytes };
}
