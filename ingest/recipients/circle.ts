import type { Person, Role } from "../../devices/index.ts";

/** What this folder asks of the registry. */
export interface Registry {
  /** Grows with every change. */
  revision(): number;
  refresh(): unknown;
  people(): readonly Person[];
  person(id: string): Person | undefined;
  place(id: string): { readonly communeCode: string | null } | undefined;
}

/** Who has to do with a place, by role. */
export interface Circle {
  around(place: string | null): Readonly<Record<Role, readonly Person[]>>;
}

/** People by what they look after, put together anew only when the registry has changed. */
export function createCircle(registry: Registry): Circle {
  let revision = -1;
  let farmers = new Map<string, Person[]>();
  let officers = new Map<string, Person[]>();
  /** Officers without communes of their own look after all of them, here as on the page. */
  let everywhere: Person[] = [];
  let admins: Person[] = [];

  function lookAgain(): void {
    if (revision === registry.revision()) return;
    revision = registry.revision();
    const people = registry.people();
    const ofRole = (role: Role) => people.filter((person) => person.role === role);
    farmers = byEach(ofRole("farmer"), ({ places }) => places);
    officers = byEach(ofRole("officer"), ({ communes }) => communes);
    everywhere = ofRole("officer").filter(({ communes }) => communes.length === 0);
    admins = ofRole("admin");
  }

  return {
    around(place) {
      lookAgain();
      const commune = place === null ? null : (registry.place(place)?.communeCode ?? null);
      return {
        farmer: (place === null ? undefined : farmers.get(place)) ?? [],
        officer: [...((commune === null ? undefined : officers.get(commune)) ?? []), ...everywhere],
        admin: admins,
      };
    },
  };
}

function byEach(
  people: readonly Person[],
  keysOf: (person: Person) => readonly string[],
): Map<string, Person[]> {
  const pairs = people.flatMap((person) => keysOf(person).map((key) => ({ key, person })));
  return new Map(
    [...Map.groupBy(pairs, ({ key }) => key)].map(([key, group]) => [key, group.map(({ person }) => person)]),
  );
}
