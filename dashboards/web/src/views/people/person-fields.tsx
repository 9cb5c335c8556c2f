import { idsIn, type Person, type PersonChange } from "../../data/people.ts";
import { peopleTexts } from "../../text/people-texts.ts";
import { ChoiceField, TextField } from "../form-parts.tsx";
import { useWords } from "../page.ts";

/** What stands in the fields. An address that is kept is never in a field: it is not sent to the page at all. */
export interface PersonDraft {
  readonly name: string;
  readonly role: Person["role"];
  readonly language: Person["language"];
  readonly phone: string;
  readonly email: string;
  readonly places: string;
  readonly communes: string;
}

export const emptyDraft: PersonDraft = {
  name: "",
  role: "farmer",
  language: "vi",
  phone: "",
  email: "",
  places: "",
  communes: "",
};

export function draftOf({ name, role, language, places, communes }: Person): PersonDraft {
  return { ...emptyDraft, name, role, language, places: places.join(", "), communes: communes.join(", ") };
}

export function changeIn({
  name,
  role,
  language,
  phone,
  email,
  places,
  communes,
}: PersonDraft): PersonChange {
  return {
    ...{ name, role, language },
    places: role === "farmer" ? idsIn(places) : [],
    communes: role === "officer" ? idsIn(communes) : [],
    ...(phone.trim() !== "" && { phone }),
    ...(email.trim() !== "" && { email }),
  };
}

export interface PersonFieldsProps {
  readonly draft: PersonDraft;
  readonly kept?: Person["addresses"];
  onChange(draft: PersonDraft): void;
}

export function PersonFields({ draft, kept = [], onChange }: PersonFieldsProps) {
  const words = useWords();
  const t = peopleTexts[words.language];
  const set = (name: keyof PersonDraft) => (value: string) => onChange({ ...draft, [name]: value });
  const hint = (kind: "phone" | "email") => {
    const masked = kept.find((address) => address.kind === kind)?.masked;
    return masked === undefined ? undefined : t.keepHint(masked);
  };
  const { role } = words.t;
  return (
    <>
      <TextField label={t.name} value={draft.name} onInput={set("name")} required />
      <ChoiceField
        label={t.role}
        value={draft.role}
        onInput={set("role")}
        choices={[
          ["farmer", role.farmer],
          ["officer", role.officer],
          ["admin", role.admin],
        ]}
      />
      <ChoiceField
        label={t.language}
        value={draft.language}
        onInput={set("language")}
        choices={[
          ["vi", "Tiếng Việt"],
          ["en", "English"],
        ]}
      />
      <TextField label={t.phone} type="tel" hint={hint("phone")} value={draft.phone} onInput={set("phone")} />
      <TextField
        label={t.email}
        type="email"
        hint={hint("email")}
        value={draft.email}
        onInput={set("email")}
      />
      {draft.role === "farmer" && (
        <TextField label={t.places} hint={t.placesHint} value={draft.places} onInput={set("places")} />
      )}
      {draft.role === "officer" && (
        <TextField
          label={t.communes}
          hint={t.communesHint}
          value={draft.communes}
          onInput={set("communes")}
        />
      )}
    </>
  );
}
