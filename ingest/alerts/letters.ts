/** Of a row of the outbox what decides with which others it goes. */
export interface Waiting {
  readonly notification: string;
  readonly event: string;
  readonly person: string | null;
  /** 0 is the most urgent. */
  readonly urgency: number;
  readonly attempts: number;
  /** Set when it went with others before and has to go with them again, as one message under one id. */
  readonly sent_with: string | null;
}

/**
 * Puts together what goes to one person as one message: all that can wait and is due now, be it the morning after a quiet night or
 * the storm of news after an outage. What is critical goes by itself, and so does everything that is not for a person.
 *
 * @param rows of one notifier, the most urgent first
 */
export function lettersOf<Row extends Waiting>(rows: readonly Row[]): Row[][] {
  const letters = new Map<string, Row[]>();
  for (const row of rows) {
    const together = togetherness(row);
    const letter = letters.get(together);
    if (letter) letter.push(row);
    else letters.set(together, [row]);
  }
  return [...letters.values()];
}

function togetherness({ notification, event, person, urgency, attempts, sent_with }: Waiting): string {
  if (sent_with !== null) return `letter ${sent_with}`;
  const isGrave = urgency === 0 && event !== "resolved" && event !== "eased";
  // Tried before by itself: it keeps its identity, for it may have arrived.
  return person === null || isGrave || attempts > 0 ? `alone ${notification}` : `person ${person}`;
}
