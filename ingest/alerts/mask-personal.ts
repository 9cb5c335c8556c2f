/**
 * A text fit for logs: e-mail addresses keep their first letter and their domain, telephone numbers their last three
 * digits (personal data under Luật 91/2025/QH15).
 */
export function maskPersonal(text: string): string {
  return text
    .replace(/([\p{L}\p{N}])[\p{L}\p{N}._%+-]*@([\p{L}\p{N}.-]+)/gu, "$1***@$2")
    .replace(/(?<![\p{L}\p{N}])(\+84|0)[\d .-]{6,12}(\d{3})(?!\d)/gu, "$1***$2");
}
