import { useState } from "preact/hooks";
import { useWords } from "./page.ts";

export interface PasswordFieldProps {
  /** Unique on its page. */
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly autocomplete: "current-password" | "new-password";
  readonly value: string;
  onInput(value: string): void;
}

/** Can be made readable: on a small keyboard with diacritics one does not type blind. */
export function PasswordField({ id, label, hint, autocomplete, value, onInput }: PasswordFieldProps) {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  const input = {
    id,
    autocomplete,
    autocapitalize: "none",
    spellcheck: false,
    required: true,
    maxLength: 200,
    value,
    onInput: (event: { currentTarget: HTMLInputElement }) => onInput(event.currentTarget.value),
  } as const;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {shown ? <input type="text" {...input} /> : <input type="password" {...input} />}
      {hint !== undefined && <small>{hint}</small>}
      <button type="button" class="quiet" aria-pressed={shown} onClick={() => setShown(!shown)}>
        {shown ? t.hidePassword : t.showPassword}
      </button>
    </div>
  );
}
