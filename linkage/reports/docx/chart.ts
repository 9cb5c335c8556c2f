import { Paragraph } from "docx";
import { ChartRun } from "docx/charts";
import type { ReportChart } from "../report.ts";
import { font } from "./paper.ts";

/** A column chart of the document's own kind, not a picture: its numbers can be looked up and edited where it is read. */
export function chartParagraph({ title, categories, series }: ReportChart): Paragraph {
  return new Paragraph({
    spacing: { before: 120, after: 60 },
    children: [
      new ChartRun({
        type: "column",
        title: { text: title, font: { name: font, size: 12, bold: true, color: "000000" } },
        categories,
        series: series.map(({ name, values, colour }) => ({ name, values, color: colour })),
        font: { name: font, color: "000000" },
        valueAxis: { minimum: 0, maximum: 100, interval: 20, gridlines: true },
        dataLabels: { value: true, numberFormat: "0.0" },
        legend: { position: "bottom" },
        gapWidth: 60,
        overlap: 0,
        transformation: { width: 620, height: 300 },
        altText: { name: title, description: described({ title, categories, series }) },
      }),
    ],
  });
}

function described({ title, categories, series }: ReportChart): string {
  const values = categories.map((category, i) => {
    const found = series.map(({ name, values: of }) => `${name} ${of[i] ?? "–"}`);
    return `${category}: ${found.join(", ")}`;
  });
  return `${title}. ${values.join("; ")}.`;
}
