/** A telephone number in the three ways in which gateways want it, from E.164. */
export function phoneForms(address: string): { phone: string; phoneDigits: string; phoneLocal: string } {
  const digits = address.replace(/\D/g, "");
  return { phone: `+${digits}`, phoneDigits: digits, phoneLocal: digits.replace(/^84/, "0") };
}

/** E.164 of a number as a gateway writes who has sent a reply: `84912345678`, `0912345678`, `+84 912 345 678`. */
export function phoneFromGateway(written: string): string {
  const digits = written.replace(/\D/g, "").replace(/^00/, "");
  return `+${digits.replace(/^0/, "84")}`;
}
