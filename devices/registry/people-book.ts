import { z } from "zod";
import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import { withdrawAll } from "./consent-book.ts";
import { checked } from "./fields.ts";
import type { Write } from "./ledger.ts";
import { hashedPassword, isPassword } from "./passwords.ts";
import { type AddressKind, type NewPerson, type Person, PersonFields, type PersonPatch } from "./person.ts";
import { alreadyExists, notFound, RegistryError } from "./registry-error.ts";
import type { Store } from "./store.ts";

export interface PeopleBook {
  person(id: string): Person | undefined;
  people(): Person[];
  /** Whose address this is, however it is written; several people, where a family shares a telephone. */
  peopleAt(kind: AddressKind, address: string): Person[];
  /** Cannot sign in before `setPassword`. */
  addPerson(person: NewPerson, nowMs: number): Person;
  /** @throws RegistryError `in-use` when the last administrator would be none any more */
  updatePerson(id: string, patch: PersonPatch, nowMs: number): Person;
  /**
   * Name, number, address and password are gone for good; the record of changes and the ledger of consents keep the id.
   * @throws RegistryError `in-use` for the last administrator: nobody could let anybody in again
   */
  removePerson(id: string, nowMs: number): void;
  /**
   * Ends every session that began under the old password, by a new `passwordVersion`.
   * @param options.mustChange whether somebody else has chosen this password
   * @throws RegistryError `invalid` when it has fewer than 10 or more than 200 characters
   */
  setPassword(
    id: string,
    password: string,
    nowMs: number,
    options?: { readonly mustChange?: boolean },
  ): Promise<Person>;
  /** The person, when this is their password. Some tenths of a second off the main thread, also when nobody has this id. */
  verifyPassword(id: string, password: string): Promise<Person | undefined>;
}

const Password = z
  .string()
  .min(10, "must have at least 10 characters")
  .max(200, "must have at most 200 characters");

export function peopleBook(db: DatabaseSync, store: Store, write: Write, who: string): PeopleBook {
  const { people, places } = store;
  const readHash = db.prepare("SELECT password_hash AS hash FROM people WHERE id = ?");
  const writeHash = db.prepare("UPDATE people SET password_hash = ? WHERE id = ?");

  function current(id: string): Person {
    const person = people.get(id);
    if (person === undefined) throw notFound("person", id);
    return person;
  }

  function assertAdministratorLeft(id: string): void {
    if (people.all().some((person) => person.role === "admin" && person.id !== id)) return;
    throw new RegistryError(
      "in-use",
      `"${id}" is the last administrator: make somebody else one first, or nobody could let anybody in`,
    );
  }

  function checkedFields(value: unknown, id: string): z.output<typeof PersonFields> {
    const fields = checked(PersonFields, value, `person "${id}"`);
    for (const place of fields.places) if (places.get(place) === undefined) throw notFound("place", place);
    return fields;
  }

  return {
    person: (id) => people.get(id),
    people: () => people.all(),
    peopleAt: (kind, address) =>
      people.addresses.peopleAt(kind, address).flatMap((id) => people.get(id) ?? []),

    addPerson: (added, nowMs) =>
      write((log) => {
        const fields = checkedFields(added, String(added.id));
        if (people.get(fields.id) !== undefined) throw alreadyExists("person", fields.id);
        const person: Person = { ...fields, passwordVersion: 0, mustChangePassword: false, addedAtMs: nowMs };
        people.put(person);
        const after = impersonal(person);
        log({ atMs: nowMs, kind: "person", id: person.id, action: "added", before: null, after });
        return person;
      }),

    updatePerson: (id, patch, nowMs) =>
      write((log) => {
        const before = current(id);
        const { passwordVersion, mustChangePassword, addedAtMs, ...settings } = before;
        const fields = checkedFields({ ...settings, ...patch, id }, id);
        if (before.role === "admin" && fields.role !== "admin") assertAdministratorLeft(id);
        const person = { ...fields, passwordVersion, mustChangePassword, addedAtMs };
        people.put(person);
        const after = { ...impersonal(person), changed: Object.keys(patch) };
        log({ atMs: nowMs, kind: "person", id, action: "changed", before: impersonal(before), after });
        return person;
      }),

    removePerson: (id, nowMs) =>
      write((log) => {
        const person = current(id);
        if (person.role === "admin") assertAdministratorLeft(id);
        const before = impersonal(person);
        withdrawAll(store, id, nowMs, who, log);
        people.delete(id);
        log({ atMs: nowMs, kind: "person", id, action: "removed", before, after: null });
      }),

    async setPassword(id, password, nowMs, { mustChange = false } = {}) {
      checked(Password, password, "password");
      current(id);
      const hash = await hashedPassword(password);
      return write((log) => {
        const before = current(id);
        const passwordVersion = before.passwordVersion + 1;
        const person = { ...before, passwordVersion, mustChangePassword: mustChange };
        people.put(person);
        writeHash.run(hash, id);
        const after = impersonal(person);
        log({ atMs: nowMs, kind: "person", id, action: "password-set", before: impersonal(before), after });
        return person;
      });
    },

    async verifyPassword(id, password) {
      const hash = (readHash.get(id)?.hash ?? null) as string | null;
      const right = await isPassword(password, hash);
      // Asked again: it may have been changed meanwhile, and then the old one must not open a session.
      return right && readHash.get(id)?.hash === hash ? people.get(id) : undefined;
    },
  };
}

/** What the record of changes, which is kept for ever, may know of a person. */
function impersonal(person: Person): object {
  const { role, language, places, communes, passwordVersion, mustChangePassword } = person;
  return { role, language, places, communes, passwordVersion, mustChangePassword };
}
