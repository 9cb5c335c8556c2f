import { useState } from "preact/hooks";
import { erasePerson, fileOf } from "../../data/people.ts";
import { hrefOf } from "../../route.ts";
import { peopleTexts } from "../../text/people-texts.ts";
import { Form, TextField } from "../form-parts.tsx";
import { Icon } from "../icons.tsx";
import { usePage } from "../page.ts";
import { useSending } from "../use-sending.ts";
import type { PersonProps } from "./person-detail.tsx";

/** To have all that is kept of oneself, and to be forgotten (Luật 91/2025/QH15). */
export function PersonRights({ person, reload }: PersonProps) {
  const { api, words } = usePage();
  const t = peopleTexts[words.language];
  const exporting = useSending();
  const erasing = useSending();
  const [asked, setAsked] = useState(false);
  const [typed, setTyped] = useState("");
  const download = () => exporting.send(async () => save(await fileOf(api, person.id), `${person.id}.json`));
  const erase = async () => {
    if (typed !== person.id || !(await erasing.send(() => erasePerson(api, person.id)))) return;
    location.assign(hrefOf({ page: "people", id: null }));
    reload();
  };
  return (
    <section class="panel narrow">
      <h2>{t.rights}</h2>
      <button type="button" class="button" disabled={exporting.busy} onClick={() => void download()}>
        <Icon name="download" /> {t.export}
      </button>
      {exporting.problem !== null && (
        <p class="notice critical" role="alert">
          {exporting.problem}
        </p>
      )}
      {asked ? (
        <Form sending={erasing} action={t.eraseNow} done={t.erased} onSubmit={() => void erase()}>
          <p class="notice critical">{t.eraseWarning}</p>
          <TextField
            label={t.eraseType(person.id)}
            value={typed}
            onInput={setTyped}
            pattern={person.id}
            required
          />
          <button type="button" class="button" onClick={() => setAsked(false)}>
            {t.cancel}
          </button>
        </Form>
      ) : (
        <button type="button" class="button danger" onClick={() => setAsked(true)}>
          {t.erase}
        </button>
      )}
    </section>
  );
}

/** Made here and saved from here, so that it stands in no address and no cache. */
function save(content: object, name: string): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
