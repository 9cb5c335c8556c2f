/**
 * Looks like the document; on paper A4 with the margins of administrative documents, annexes lying. Blanks of the letterhead are
 * room to write number and day by hand, and stay.
 */
export const pageStyle = `
@page { size: A4 portrait; margin: 20mm 15mm 20mm 30mm; }
@page annex { size: A4 landscape; margin: 30mm 20mm 15mm 20mm; }
body { font: 14pt/1.35 "Times New Roman", "Liberation Serif", serif; color: #000; background: #fff; margin: 0; }
main { max-width: 180mm; margin: 0 auto; padding: 8mm; }
p { margin: 0 0 6pt; }
.pair { display: grid; grid-template-columns: 2fr 3fr; gap: 4mm; text-align: center; }
.pair p { margin: 0; font-size: 13pt; white-space: pre-wrap; }
.pair .state { font-size: 12pt; font-weight: bold; white-space: nowrap; }
.agency { font-weight: bold; }
.agency::after, h1::after { content: ""; display: block; width: 33%; margin: 2pt auto 6pt; border-top: 1px solid; }
.pair .motto { font-weight: bold; width: fit-content; margin: 0 auto 6pt; border-bottom: 1px solid; }
.pair .draft { font-weight: bold; border: 1px solid; width: fit-content; margin: 6pt auto; padding: 0 6pt; }
h1 { font-size: 14pt; text-align: center; margin: 18pt 0 10pt; }
h2 { font-size: 14pt; margin: 10pt 0 6pt; }
.body { text-align: justify; text-indent: 10mm; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 11pt; line-height: 1.2; }
caption { font-weight: bold; font-size: 13pt; padding: 4pt; }
th, td { border: 1px solid #000; padding: 2pt 3pt; overflow-wrap: break-word; }
td.center { text-align: center; }
td.right { text-align: right; }
thead { display: table-header-group; }
tr, figure { break-inside: avoid; }
.source, figcaption { font-size: 10pt; font-style: italic; }
figure { margin: 8pt 0; text-align: center; }
svg { width: 100%; height: auto; font: 10px "Times New Roman", "Liberation Serif", serif; }
.signature { grid-template-columns: 1fr 1fr; margin-top: 12pt; break-inside: avoid; }
.recipients { text-align: left; }
.recipients p { font-size: 11pt; }
.name { padding-top: 28mm; }
@media print { main { max-width: none; padding: 0; } }
@media (max-width: 640px) { .pair { grid-template-columns: 1fr; } .pair .state { white-space: normal; } }
.annex { page: annex; break-before: page; }
.annex h2, .centre { text-align: center; }
`;
