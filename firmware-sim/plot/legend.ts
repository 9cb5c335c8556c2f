/** What the marks of a picture mean, in both languages. */
const entries: readonly (readonly [mark: string, vi: string, en: string])[] = [
  [`<path class="truth" d="M0 -4h18"/>`, "sự thật", "truth"],
  [`<path class="seen" d="M3 -6h0M9 -3h0M15 -5h0"/>`, "số đo đến kịp", "reading in time"],
  [`<path class="late" d="M3 -6h0M9 -3h0M15 -5h0"/>`, "số đo đến muộn", "late reading"],
  [`<path class="limit" d="M0 -4h18"/>`, "ngưỡng", "limit"],
  [
    `<rect class="alert" y="-11" width="18" height="13"/><path class="alerted" d="M0 -9h18"/>`,
    "cảnh báo",
    "alert",
  ],
  [
    `<rect class="trouble" y="-11" width="18" height="13"/><path class="troubled" d="M0 0h18"/>`,
    "sự cố, thời tiết",
    "trouble, weather",
  ],
];
const step = 138;

/** @param left where it begins; @param y of its first line of text */
export function legend(left: number, y: number): string {
  return entries
    .map(
      ([mark, vi, en], i) =>
        `<g transform="translate(${left + i * step} ${y})">${mark}<text x="24">${vi}</text><text class="en" x="24" y="14">${en}</text></g>`,
    )
    .join("");
}
