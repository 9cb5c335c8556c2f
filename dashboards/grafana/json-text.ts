const lineWidth = 110;

/**
 * JSON with its keys in order, laid out as the project's formatter lays it out: a list of plain values on one line where it fits. The
 * same value is the same bytes.
 */
export function jsonText(value: unknown): string {
  return `${textOf(value, "", 0)}\n`;
}

/** @param before what stands on the line before it @param after how many signs follow it there */
function textOf(value: unknown, before: string, after: number): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const indent = `${/^ */.exec(before)![0]}  `;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const parts = Array.isArray(value) ? itemsOf(value, indent) : membersOf(value, indent);
  if (parts.length === 0) return `${open}${close}`;
  const isPlain = Array.isArray(value) && value.every((item) => typeof item !== "object" || item === null);
  const line = `${open}${parts.map((part) => part.trim()).join(", ")}${close}`;
  if (isPlain && before.length + line.length + after <= lineWidth) return line;
  return `${open}\n${parts.join(",\n")}\n${indent.slice(2)}${close}`;
}

function itemsOf(items: readonly unknown[], indent: string): string[] {
  return items.map((item) => `${indent}${textOf(item, indent, 1)}`);
}

function membersOf(value: object, indent: string): string[] {
  const members = Object.entries(value).filter(([, of]) => of !== undefined);
  members.sort(([one], [other]) => (one < other ? -1 : 1));
  return members.map(([key, of]) => {
    const start = `${indent}${JSON.stringify(key)}: `;
    return `${start}${textOf(of, start, 1)}`;
  });
}
