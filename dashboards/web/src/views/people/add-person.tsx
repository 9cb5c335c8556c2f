import { useState } from "preact/hooks";
import { addPerson } from "../../data/people.ts";
import { peopleTexts } from "../../text/people-texts.ts";
import { Form, TextField } from "../form-parts.tsx";
import { usePage } from "../page.ts";
import { useSending } from "../use-sending.ts";
import { changeIn, emptyDraft, PersonFields } from "./person-fields.tsx";

/** The one-time password stands there until the form is left: it is told this once. */
export function AddPerson({ reload }: { reload(): void }) {
  const { api, words } = usePage();
  const t = peopleTexts[words.language];
  const sending = useSending();
  const [id, setId] = useState("");
  const [draft, setDraft] = useState(emptyDraft);
  const [password, setPassword] = useState("");
  const submit = async () => {
    const isAdded = await sending.send(async () =>
      setPassword((await addPerson(api, id, changeIn(draft))).password),
    );
    if (!isAdded) return;
    setId("");
    setDraft(emptyDraft);
    reload();
  };
  return (
    <div class="narrow">
      <h2>{t.add}</h2>
      <Form sending={sending} action={t.add} done={t.oneTime(password)} onSubmit={() => void submit()}>
        <TextField label={t.id} hint={t.idHint} value={id} onInput={setId} required />
        <PersonFields draft={draft} onChange={setDraft} />
      </Form>
    </div>
  );
}
