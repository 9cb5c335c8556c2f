import type { Consent, Person, Place } from "../../devices/index.ts";
import type { PersonalAction, PersonalMessage, PersonRecords } from "../alerts/index.ts";

/** What is asked of the registry for the file of a person … */
export interface PersonReader {
  person(id: string): Person | undefined;
  place(id: string): Pick<Place, "name" | "communeName"> | undefined;
  consentsOf(person: string): readonly Consent[];
}

/** … and to erase one. */
export interface PersonEraser {
  person(id: string): Person | undefined;
  removePerson(id: string, nowMs: number): void;
}

/** Everything that is kept of one person, in the open: it is theirs to have (Luật 91/2025/QH15). */
export interface PersonFile {
  readonly exportedAtMs: number;
  readonly person: Omit<Person, "passwordVersion" | "mustChangePassword"> | null;
  readonly places: readonly { readonly id: string; readonly name: string; readonly commune: string | null }[];
  readonly consents: readonly Consent[];
  /** What they did about alerts. */
  readonly actions: readonly PersonalAction[];
  /** What they were told, newest first. */
  readonly messages: readonly PersonalMessage[];
}

const mostMessages = 100_000;

/** @returns undefined when nothing is known of anybody of this id */
export function personFile(
  registry: PersonReader,
  records: PersonRecords,
  id: string,
  nowMs: number,
): PersonFile | undefined {
  const person = registry.person(id);
  const consents = registry.consentsOf(id);
  const [actions, messages] = [records.actionsOf(id), records.messagesTo(id, mostMessages)];
  if (!person && consents.length + actions.length + messages.length === 0) return undefined;
  const places = (person?.places ?? []).map((place) => {
    const { name = place, communeName = null } = registry.place(place) ?? {};
    return { id: place, name, commune: communeName };
  });
  return {
    exportedAtMs: nowMs,
    person: person ? withoutPassword(person) : null,
    places,
    consents,
    actions,
    messages,
  };
}

/**
 * Erases a person: name, addresses and password go, what they did about alerts and were told stays under a pseudonym that says nothing
 * of them. Doing it again finishes what a crash may have left.
 *
 * @param pseudonym of random letters: made from the id, it could be tried out
 * @returns whether there was anything of them
 * @throws RegistryError `in-use` for the last administrator
 */
export function erasePerson(
  registry: PersonEraser,
  records: PersonRecords,
  { id, pseudonym, nowMs }: { readonly id: string; readonly pseudonym: string; readonly nowMs: number },
): boolean {
  const isKnown = registry.person(id) !== undefined;
  if (isKnown) registry.removePerson(id, nowMs);
  const stoodSomewhere = records.forget(id, pseudonym, nowMs);
  return isKnown || stoodSomewhere;
}

function withoutPassword({
  passwordVersion: _,
  mustChangePassword: __,
  ...person
}: Person): PersonFile["person"] {
  return person;
}
