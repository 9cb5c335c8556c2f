import { useState } from "preact/hooks";
import { changePerson, type Person } from "../../data/people.ts";
import { peopleTexts } from "../../text/people-texts.ts";
import { ChoiceField, Form, TextField } from "../form-parts.tsx";
import { usePage, useWords } from "../page.ts";
import { useSending } from "../use-sending.ts";
import type { PersonProps } from "./person-detail.tsx";
import { changeIn, draftOf, PersonFields } from "./person-fields.tsx";

type Telling = Person["telling"];

export function EditPerson({ person, reload }: PersonProps) {
  const { api, words } = usePage();
  const t = peopleTexts[words.language];
  const sending = useSending();
  const [draft, setDraft] = useState(() => draftOf(person));
  const [telling, setTelling] = useState(person.telling);
  const submit = async () => {
    const change = { ...changeIn(draft), telling };
    if (!(await sending.send(() => changePerson(api, person.id, change)))) return;
    setDraft({ ...draft, phone: "", email: "" });
    reload();
  };
  return (
    <section class="panel narrow">
      <h2>{t.edit}</h2>
      <Form sending={sending} action={t.save} done={t.saved} onSubmit={() => void submit()}>
        <PersonFields draft={draft} kept={person.addresses} onChange={setDraft} />
        <QuietHours telling={telling} onChange={setTelling} />
        <TextField
          label={t.digest}
          hint={t.digestHint}
          type="time"
          value={telling.digestAt ?? ""}
          onInput={(value) => setTelling({ ...telling, digestAt: value === "" ? null : value })}
        />
      </Form>
    </section>
  );
}

const usualNight = { from: "22:00", to: "05:00" };

function QuietHours({ telling, onChange }: { telling: Telling; onChange(telling: Telling): void }) {
  const t = peopleTexts[useWords().language];
  const { quietHours, ...rest } = telling;
  const kind = quietHours === undefined ? "usual" : quietHours === null ? "none" : "own";
  const choose = (next: string) => {
    if (next === "usual") onChange(rest);
    else onChange({ ...rest, quietHours: next === "none" ? null : usualNight });
  };
  const set = (part: "from" | "to") => (value: string) =>
    onChange({ ...rest, quietHours: { ...usualNight, ...quietHours, [part]: value } });
  return (
    <>
      <ChoiceField
        label={t.quiet}
        hint={t.quietHint}
        value={kind}
        onInput={choose}
        choices={[
          ["usual", t.quietUsual],
          ["none", t.quietNone],
          ["own", t.quietOwn],
        ]}
      />
      {quietHours !== undefined && quietHours !== null && (
        <div class="pair">
          <TextField label={t.from} type="time" value={quietHours.from} onInput={set("from")} required />
          <TextField label={t.to} type="time" value={quietHours.to} onInput={set("to")} required />
        </div>
      )}
    </>
  );
}
