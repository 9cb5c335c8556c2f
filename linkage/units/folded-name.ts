/**
 * The key under which a name is found: without case, accents, spaces and punctuation, so that Hòa and Hoà, Thủy and Thuỷ,
 * or a name typed on a phone without accents, meet. Different places may share a key.
 */
export function foldedName(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase()
    .replaceAll("đ", "d")
    .replace(/[^a-z0-9]/g, "");
}
