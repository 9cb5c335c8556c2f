import type { Sentence } from "../evidence/sentence.ts";
import { mustBe } from "./must-be.ts";
import type { RecordKind } from "./record-kinds.ts";

/** A cell that cannot be read, in words for whoever wrote it. */
export class CellError extends Error {
  override readonly name = "CellError";
  readonly told: Sentence;

  constructor(told: Sentence) {
    super(told.en);
    this.told = told;
  }
}

/** How a cell stands for a value. `read` throws a CellError that the report shows. */
export interface Cell {
  read(text: string, decimalComma: boolean): unknown;
  write(value: unknown): string;
  /** What a workbook keeps it as; text when nothing is said. */
  readonly kind?: "number" | "date" | "digits";
  /** Of `digits`: how many there may be. A workbook that took them for a number has dropped the zeros in front. */
  readonly lengths?: readonly number[];
}

export interface RecordColumn {
  readonly name: string;
  /** Where the value stands in the record. */
  readonly path: readonly string[];
  readonly cell: Cell;
}

const text: Cell = { read: (cell) => cell, write: (value) => String(value) };

const number: Cell = {
  kind: "number",
  read: (cell, decimalComma) => {
    const value = Number(decimalComma ? cell.replace(",", ".") : cell);
    if (!Number.isFinite(value))
      throw new CellError({ vi: `"${cell}" không phải là số`, en: `"${cell}" is no number` });
    return value;
  },
  write: (value) => String(value),
};

/** `2026-07-01`, or as people in Viet Nam write it: 01/07/2026. */
const date: Cell = {
  kind: "date",
  read: (cell) => {
    const found = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(cell);
    if (found === null) return cell;
    const [, day, month, year] = found;
    return `${year}-${month!.padStart(2, "0")}-${day!.padStart(2, "0")}`;
  },
  write: (value) => String(value),
};

/** Digits that are a name and no number. */
function digits(...lengths: readonly number[]): Cell {
  return { ...text, kind: "digits", lengths };
}

const list: Cell = {
  read: (cell) => split(cell, ";"),
  write: (value) => (value as string[]).join("; "),
};

const json: Cell = {
  read: (cell) => {
    try {
      return JSON.parse(cell);
    } catch {
      throw new CellError(mustBe.polygon);
    }
  },
  write: (value) => JSON.stringify(value),
};

/** Several things in one cell: `;` between them, `|` between the parts of one; empty parts at the end may be left out. */
function things(...fields: readonly string[]): Cell {
  return {
    read: (cell) =>
      split(cell, ";").map((thing) => {
        const parts = thing.split("|").map((part) => part.trim());
        if (parts.length > fields.length)
          throw new CellError({
            vi: `"${thing}" có ${parts.length} phần; phải là ${fields.join("|")}`,
            en: `"${thing}" has ${parts.length} parts; it is ${fields.join("|")}`,
          });
        return Object.fromEntries(fields.flatMap((field, i) => (parts[i] ? [[field, parts[i]]] : [])));
      }),
    write: (value) =>
      (value as Record<string, string | null>[])
        .map((thing) =>
          fields
            .map((field) => thing[field] ?? "")
            .join("|")
            .replace(/\|+$/, ""),
        )
        .join("; "),
  };
}

function split(cell: string, separator: string): string[] {
  return cell
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function column(name: string, path: string, cell: Cell = text): RecordColumn {
  return { name, path: path.split("."), cell };
}

const validity = [column("valid_from", "validFrom", date), column("valid_to", "validTo", date)];
const commune = [
  column("commune_code", "communeCode", digits(5)),
  column("commune_as_of", "communeAsOf", date),
];
const decision = [
  column("decision_no", "decision.no"),
  column("decision_date", "decision.date", date),
  column("decision_issuer", "decision.issuer"),
];

/** The columns in which each kind is exchanged. */
export const recordColumns: Readonly<Record<RecordKind, readonly RecordColumn[]>> = {
  cooperative: [
    column("id", "id"),
    column("name", "name"),
    column("type", "type"),
    column("registration_no", "registrationNo", digits(10, 13)),
    column("members", "members", number),
    ...commune,
    ...validity,
  ],
  zone: [
    column("id", "id"),
    column("name", "name"),
    column("product", "product"),
    ...commune,
    column("area_ha", "areaHa", number),
    column("geometry", "geometry", json),
    column(
      "planting_codes",
      "plantingCodes",
      things("code", "kind", "status", "market", "issuer", "issuedOn"),
    ),
    ...decision,
    ...validity,
  ],
  "key-product": [
    column("id", "id"),
    column("product", "product"),
    column("product_name", "productName"),
    column("unit_code", "unitCode", digits(2, 5)),
    column("unit_as_of", "unitAsOf", date),
    ...validity,
  ],
  model: [
    column("id", "id"),
    column("name", "name"),
    column("form", "form", number),
    column("sector", "sector"),
    column("product", "product"),
    column("product_name", "productName"),
    column("lead_type", "lead.type"),
    column("lead_name", "lead.name"),
    column("lead_registration_no", "lead.registrationNo", digits(10, 13)),
    column("cooperatives", "cooperatives", list),
    column("households", "households", number),
    column("area_ha", "areaHa", number),
    column("heads", "heads", number),
    column("pond_ha", "pondHa", number),
    column("houses", "houses", number),
    column("zones", "zones", list),
    column("contract_no", "contract.no"),
    column("contract_date", "contract.date", date),
    column("contract_from", "contract.from", date),
    column("contract_to", "contract.to", date),
    column("contract_volume", "contract.volume"),
    column("contract_file", "contract.file"),
    ...decision,
    column("certificates", "certificates", things("name", "validTo")),
    column("proofs", "proofs", things("kind", "reference", "from", "to")),
    column("status", "status"),
    ...validity,
    column("reported_by", "reportedBy"),
    column("confirmed_by", "confirmedBy"),
  ],
  feedback: [
    column("id", "id"),
    column("name", "name"),
    column("model", "model"),
    ...commune,
    column("address", "address"),
    column("answers", "answers", number),
    column("satisfied", "satisfied", number),
    column("counted_on", "countedOn", date),
    ...validity,
  ],
  "essential-service": [
    column("id", "id"),
    column("name", "name"),
    column("service", "service"),
    ...commune,
    column("device", "device"),
    ...validity,
  ],
  "smart-place": [
    column("id", "id"),
    column("name", "name"),
    column("level", "level"),
    ...commune,
    ...decision,
    ...validity,
  ],
  participation: [column("id", "id"), column("place", "place"), column("model", "model"), ...validity],
  calibration: [
    column("id", "id"),
    column("device", "device"),
    column("calibrated_on", "calibratedOn", date),
    column("due_on", "dueOn", date),
    column("certificate", "certificate"),
    column("by", "by"),
  ],
};
