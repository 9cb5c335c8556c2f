import { useState } from "preact/hooks";
import { listPeople, type Person, toldBy } from "../../data/people.ts";
import { hrefOf } from "../../route.ts";
import { peopleTexts } from "../../text/people-texts.ts";
import { Icon } from "../icons.tsx";
import { Empty, Shown } from "../notices.tsx";
import { usePage, useSignedIn, useWords } from "../page.ts";
import { SystemTabs } from "../system-tabs.tsx";
import { useLoaded } from "../use-loaded.ts";
import { AddPerson } from "./add-person.tsx";
import { PersonDetail } from "./person-detail.tsx";

/** Who is told of alerts, and what they agreed to. Officers see the farmers whom they look after; administrators everybody. */
export function PeoplePage({ id }: { id: string | null }) {
  const { api, words } = usePage();
  const t = peopleTexts[words.language];
  const [people, reload] = useLoaded((signal) => listPeople(api, signal), [api]);
  return (
    <>
      <h1>{t.title}</h1>
      <SystemTabs current="people" />
      <Shown
        of={people}
        blocks={3}
        retry={reload}
        draw={(data) =>
          id === null ? <List people={data} reload={reload} /> : <One people={data} id={id} reload={reload} />
        }
      />
    </>
  );
}

interface Listed {
  readonly people: readonly Person[];
  reload(): void;
}

function One({ people, id, reload }: Listed & { id: string }) {
  const t = peopleTexts[useWords().language];
  const person = people.find((each) => each.id === id);
  if (person === undefined) {
    return (
      <Empty icon="person">
        <p>{t.notFound}</p>
        <a href={hrefOf({ page: "people", id: null })}>{t.back}</a>
      </Empty>
    );
  }
  return (
    <>
      <a class="button" href={hrefOf({ page: "people", id: null })}>
        <Icon name="left" /> {t.back}
      </a>
      <PersonDetail key={id} person={person} reload={reload} />
    </>
  );
}

function List({ people, reload }: Listed) {
  const { me } = useSignedIn();
  const t = peopleTexts[useWords().language];
  const [adding, setAdding] = useState(false);
  return (
    <>
      <p class="soft">{t.intro}</p>
      {people.length === 0 && (
        <Empty icon="person">
          <p>{t.none}</p>
        </Empty>
      )}
      <ul class="cards">
        {people.map((person) => (
          <PersonCard key={person.id} person={person} />
        ))}
      </ul>
      {me.role === "admin" && (
        <section class="panel">
          {adding ? (
            <AddPerson reload={reload} />
          ) : (
            <button type="button" class="button" onClick={() => setAdding(true)}>
              {t.add}
            </button>
          )}
        </section>
      )}
    </>
  );
}

function PersonCard({ person }: { person: Person }) {
  const words = useWords();
  const t = peopleTexts[words.language];
  const ways = toldBy(person);
  return (
    <li class="card person" data-person={person.id}>
      <div>
        <h2>
          <a class="card-link" href={hrefOf({ page: "people", id: person.id })}>
            {person.name}
          </a>
        </h2>
        <p class="soft">
          {words.t.role[person.role]} · {person.id}
        </p>
      </div>
      <p>
        <Icon name={ways.length === 0 ? "silent" : "bell"} />{" "}
        {ways.length === 0 ? t.toldNothing : t.told(ways.map((medium) => t.medium[medium]).join(", "))}
      </p>
    </li>
  );
}
