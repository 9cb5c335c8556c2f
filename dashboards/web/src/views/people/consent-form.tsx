import { useState } from "preact/hooks";
import { type Medium, media, type Purpose, purposes, writeConsent } from "../../data/people.ts";
import { peopleTexts } from "../../text/people-texts.ts";
import { ChoiceField, Form, TextField } from "../form-parts.tsx";
import { usePage } from "../page.ts";
import { useSending } from "../use-sending.ts";
import type { PersonProps } from "./person-detail.tsx";

/** Nothing is ticked beforehand: what is written down is what was said, how, and under which words. */
export function ConsentForm({ person, reload }: PersonProps) {
  const { api, words } = usePage();
  const t = peopleTexts[words.language];
  const sending = useSending();
  const [purpose, setPurpose] = useState<string>("alerts");
  const [medium, setMedium] = useState<string>("sms");
  const [given, setGiven] = useState("yes");
  const [how, setHow] = useState("");
  const [textVersion, setTextVersion] = useState("");
  const submit = async () => {
    const said = { purpose: purpose as Purpose, medium: medium as Medium, given: given === "yes" };
    // To a refusal belong no words that somebody agreed to.
    const version = said.given ? textVersion : "-";
    const isWritten = await sending.send(() =>
      writeConsent(api, person.id, { ...said, how, textVersion: version }),
    );
    if (!isWritten) return;
    setHow("");
    reload();
  };
  return (
    <section class="panel narrow">
      <h2>{t.writeDown}</h2>
      <Form sending={sending} action={t.write} done={t.written} onSubmit={() => void submit()}>
        <ChoiceField
          label={t.purposeField}
          value={purpose}
          onInput={setPurpose}
          choices={purposes.map((each) => [each, t.purpose[each]])}
        />
        <ChoiceField
          label={t.mediumField}
          value={medium}
          onInput={setMedium}
          choices={media.map((each) => [each, t.medium[each]])}
        />
        <ChoiceField
          label={t.saidField}
          value={given}
          onInput={setGiven}
          choices={[
            ["yes", t.yes],
            ["no", t.no],
          ]}
        />
        <TextField label={t.how} hint={t.howHint} value={how} onInput={setHow} required />
        {given === "yes" && (
          <TextField label={t.textVersion} value={textVersion} onInput={setTextVersion} required />
        )}
      </Form>
    </section>
  );
}
