import type { Letterhead, Report, ReportAnnex, ReportSection, ReportTable } from "../report.ts";
import { cellText } from "../report.ts";
import { chartSvg } from "./chart-svg.ts";
import { escaped } from "./escaped.ts";
import { pageStyle } from "./page-style.ts";

/** The report as one page that needs nothing from anywhere else and prints on A4. */
export function writeHtml(report: Report): Uint8Array {
  const title = `${report.kind}: ${report.subject}`;
  const annexes = report.annexes.filter(({ printed }) => printed);
  const page = `<!doctype html>
<html lang="${report.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
${letterhead(report.letterhead)}
<h1>${escaped(report.kind)}<br>${escaped(report.subject)}</h1>
${paragraphs(report.opening)}
${report.sections.map((section, i) => sectionHtml(section, i + 1, report)).join("\n")}
${paragraphs(report.closing)}
${signature(report)}
${annexes.map((annex, i) => annexHtml(annex, i, report)).join("\n")}
</main>
</body>
</html>
`;
  return new TextEncoder().encode(page);
}

function letterhead(head: Letterhead): string {
  const draft = head.draft === null ? "" : `<p class="draft">${escaped(head.draft)}</p>`;
  return `<header class="pair">
<div><p>${escaped(head.agencyAbove)}</p><p class="agency">${escaped(head.agency)}</p><p>${escaped(head.number)}</p>${draft}</div>
<div><p class="state">${escaped(head.state)}</p><p class="motto">${escaped(head.motto)}</p><p><i>${escaped(head.placeAndDate)}</i></p></div>
</header>`;
}

function paragraphs(texts: readonly string[]): string {
  return texts.map((text) => `<p class="body">${escaped(text)}</p>`).join("\n");
}

function sectionHtml(
  { heading, paragraphs: texts, table, chart }: ReportSection,
  number: number,
  report: Report,
) {
  return `<section>
<h2>${number}. ${escaped(heading)}</h2>
${paragraphs(texts)}
${table === undefined ? "" : tableHtml(table, report)}
${chart === undefined ? "" : `<figure>${chartSvg(chart)}<figcaption>${escaped(chart.title)}<br>${escaped(report.source)}</figcaption></figure>`}
</section>`;
}

function tableHtml(table: ReportTable, report: Report, caption = table.title): string {
  const heading = caption === "" ? "" : `<caption>${escaped(caption)}</caption>`;
  if (table.rows.length === 0)
    return `${heading === "" ? "" : `<p><b>${escaped(caption)}</b></p>`}<p>${escaped(table.empty)}</p>`;
  const sum = table.columns.reduce((all, column) => all + column.widthMm, 0);
  const columns = table.columns.map(
    ({ widthMm }) => `<col style="width:${((widthMm / sum) * 100).toFixed(2)}%">`,
  );
  const head = table.columns.map((column) => `<th scope="col">${escaped(column.heading)}</th>`);
  const rows = table.rows.map((row) => {
    const cells = row.map(
      (cell, i) => `<td class="${table.columns[i]!.align}">${escaped(cellText(cell, report.language))}</td>`,
    );
    return `<tr>${cells.join("")}</tr>`;
  });
  return `<div class="wide"><table id="${table.id}">${heading}<colgroup>${columns.join("")}</colgroup>
<thead><tr>${head.join("")}</tr></thead>
<tbody>${rows.join("\n")}</tbody></table></div>
<p class="source">${escaped(report.source)}</p>`;
}

function signature({ recipientsHeading, recipients, signature: signed }: Report): string {
  const name = signed.name ?? "";
  const above = signed.onBehalfOf === null ? "" : `${escaped(signed.onBehalfOf)}<br>`;
  return `<div class="pair signature">
<div class="recipients"><p><b><i>${escaped(recipientsHeading)}</i></b></p>${recipients.map((line) => `<p>${escaped(line)}</p>`).join("")}</div>
<div><p><b>${above}${escaped(signed.title)}</b></p><p class="name"><b>${escaped(name)}</b></p></div>
</div>`;
}

function annexHtml(annex: ReportAnnex, index: number, report: Report): string {
  const roman = ["I", "II", "III", "IV", "V"][index] ?? String(index + 1);
  return `<section class="annex">
<h2>${escaped(report.annexHeading)} ${roman}<br>${escaped(annex.title)}</h2>
<p class="centre"><i>${escaped(report.annexOf)}</i></p>
${tableHtml(annex, report, "")}
</section>`;
}
