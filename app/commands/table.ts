/** Rows of text as aligned columns; the first row is the heading. Wide letters of Vietnamese count as one. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => width(row[column] ?? "")))) ?? [];
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - width(cell)))
      .join("  ")
      .trimEnd();
  return `${rows.map(line).join("\n")}\n`;
}

function width(text: string): number {
  return [...text.normalize("NFC")].length;
}
