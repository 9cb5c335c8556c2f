const defaultCountry = "+84";

/**
 * A telephone number as E.164, `+84912345678`, from any of the ways in which people write it: blanks, dots, dashes, a
 * leading 0 (then Viet Nam's) or 00. Null when it is none.
 */
export function normalizedPhone(text: string): string | null {
  const bare = text.replace(/[\s().\-\u00a0]/g, "");
  const international = bare.replace(/^00/, "+").replace(/^0/, defaultCountry);
  return /^\+[1-9]\d{7,14}$/.test(international) ? international : null;
}

/** For logs and screens: enough to recognise one's own number, too little to call it. `+84••••••678` */
export function maskedPhone(phone: string): string {
  // Of a short number the ends would give away nearly all.
  if (phone.length < 10) return "•".repeat(phone.length);
  return phone.slice(0, 3) + "•".repeat(phone.length - 6) + phone.slice(-3);
}

/** `a••••@gmail.com`; what is no address is masked whole. */
export function maskedEmail(email: string): string {
  const at = email.lastIndexOf("@");
  if (at < 2) return "•".repeat(email.length);
  return email.slice(0, 1) + "•".repeat(at - 1) + email.slice(at);
}
