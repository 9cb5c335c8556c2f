import { useState } from "preact/hooks";
import { agrees, canBeReached, ledgerOf, media, type Person, purposes } from "../../data/people.ts";
import { placeHref } from "../../route.ts";
import { peopleTexts } from "../../text/people-texts.ts";
import { Icon } from "../icons.tsx";
import { Shown } from "../notices.tsx";
import { usePage, useSignedIn, useWords } from "../page.ts";
import { useLoaded } from "../use-loaded.ts";
import { useValue } from "../use-value.ts";
import { ConsentForm } from "./consent-form.tsx";
import { EditPerson } from "./edit-person.tsx";
import { PersonRights } from "./person-rights.tsx";

export interface PersonProps {
  readonly person: Person;
  /** Something of them has changed. */
  reload(): void;
}

export function PersonDetail({ person, reload }: PersonProps) {
  const { me } = useSignedIn();
  const isAdmin = me.role === "admin";
  // The ledger is read again after each entry.
  const [entries, setEntries] = useState(0);
  const written = () => {
    setEntries(entries + 1);
    reload();
  };
  return (
    <>
      <Facts person={person} />
      <Consents person={person} entries={entries} />
      <ConsentForm person={person} reload={written} />
      {isAdmin && <EditPerson person={person} reload={reload} />}
      {isAdmin && <PersonRights person={person} reload={reload} />}
    </>
  );
}

function Facts({ person }: { person: Person }) {
  const words = useWords();
  const t = peopleTexts[words.language];
  const places = useValue(useSignedIn().farm.overview).data?.places ?? [];
  const named = person.places.map((id) => ({
    id,
    name: places.find((place) => place.id === id)?.name ?? id,
  }));
  return (
    <section class="panel">
      <h2>{person.name}</h2>
      <p class="soft">
        {words.t.role[person.role]} · {person.id} · {t.since(words.dateTime(person.addedAtMs))}
      </p>
      <dl class="facts">
        {person.addresses.map(({ kind, masked }) => (
          <div key={kind} class="fact">
            <dt>{t.address[kind]}</dt>
            <dd>{masked}</dd>
          </div>
        ))}
        {named.length > 0 && (
          <div class="fact">
            <dt>{t.places}</dt>
            <dd>
              {named.map(({ id, name }) => (
                <a key={id} class="fact-link" href={placeHref(id)}>
                  {name}
                </a>
              ))}
            </dd>
          </div>
        )}
        {person.communes.length > 0 && (
          <div class="fact">
            <dt>{t.communes}</dt>
            <dd>{person.communes.join(", ")}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

function Consents({ person, entries }: { person: Person; entries: number }) {
  const { api, words } = usePage();
  const t = peopleTexts[words.language];
  const [ledger, retry] = useLoaded((signal) => ledgerOf(api, person.id, signal), [api, person.id, entries]);
  return (
    <section class="panel">
      <h2>{t.consents}</h2>
      <ul class="consents">
        {media.map((medium) => (
          <li key={medium}>
            <strong>{t.medium[medium]}</strong>
            {!canBeReached(person, medium) && <span class="soft"> ({t.noAddress})</span>}
            <ul>
              {purposes.map((purpose) => (
                <li key={purpose}>
                  <Icon name={agrees(person, purpose, medium) ? "check" : "silent"} /> {t.purpose[purpose]}:{" "}
                  {agrees(person, purpose, medium) ? t.agreed : t.notAgreed}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <details>
        <summary>{t.ledger}</summary>
        <Shown
          of={ledger}
          blocks={1}
          retry={retry}
          draw={(consents) => (
            <ul class="entries ledger">
              {consents.length === 0 && <li>{t.ledgerEmpty}</li>}
              {consents.map(({ atMs, purpose, medium, given, how, textVersion, who }) => (
                <li key={`${atMs} ${purpose} ${medium} ${given}`} class="entry">
                  <p>
                    <strong>{(given ? t.gave : t.tookBack)(t.purpose[purpose], t.medium[medium])}</strong>
                  </p>
                  <p class="soft">
                    {words.dateTime(atMs)} · {t.ledgerFacts(how, textVersion, who)}
                  </p>
                </li>
              ))}
            </ul>
          )}
        />
      </details>
    </section>
  );
}
