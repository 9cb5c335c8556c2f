/**
 * E.164 of a number as people and gateways write it: `84912345678`, `0912345678`, `+84 912 345 678`, `0084912345678`. A single 0
 * in front stands for Viet Nam.
 */
export function phoneFrom(written: string): string {
  const digits = written.replace(/\D/g, "").replace(/^00/, "");
  return `+${digits.replace(/^0/, "84")}`;
}

/** A telephone number in the three ways in which gateways want it. */
export function phoneForms(written: string): { phone: string; phoneDigits: string; phoneLocal: string } {
  const phone = phoneFrom(written);
  return { phone, phoneDigits: phone.slice(1), phoneLocal: phone.replace(/^\+84/, "0").replace(/^\+/, "00") };
}
