import type { ComponentChildren, JSX } from "preact";
import type { Sending } from "./use-sending.ts";

interface FieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  onInput(value: string): void;
}

export interface TextFieldProps extends FieldProps {
  readonly type?: "text" | "tel" | "email" | "date" | "time" | "number";
  readonly required?: boolean;
  readonly pattern?: string;
  readonly step?: string;
}

export function TextField({ label, hint, onInput, type = "text", ...rest }: TextFieldProps) {
  const input = {
    ...rest,
    type,
    autocomplete: "off",
    onInput: (event) => onInput(event.currentTarget.value),
    // Which attributes go with which type of input is Preact's to know one by one; these go with all of them.
  } as JSX.IntrinsicElements["input"];
  return (
    <label class="field">
      {label}
      <input {...input} />
      {hint !== undefined && <small>{hint}</small>}
    </label>
  );
}

export interface ChoiceFieldProps extends FieldProps {
  /** Value and text of each. */
  readonly choices: readonly (readonly [string, string])[];
}

export function ChoiceField({ label, hint, value, onInput, choices }: ChoiceFieldProps) {
  return (
    <label class="field">
      {label}
      <select value={value} onChange={(event) => onInput(event.currentTarget.value)}>
        {choices.map(([each, text]) => (
          <option key={each} value={each}>
            {text}
          </option>
        ))}
      </select>
      {hint !== undefined && <small>{hint}</small>}
    </label>
  );
}

export interface FormProps {
  readonly sending: Sending;
  /** On the button. */
  readonly action: string;
  /** Told once it was taken. */
  readonly done: string;
  readonly children: ComponentChildren;
  onSubmit(): void;
}

/** Fields, one button, and what came of pressing it, which is read out. */
export function Form({ sending, action, done, children, onSubmit }: FormProps) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      {sending.problem !== null && (
        <p class="notice critical" role="alert">
          {sending.problem}
        </p>
      )}
      {sending.done && (
        <p class="notice good" role="status">
          {done}
        </p>
      )}
      <button type="submit" class="button primary" disabled={sending.busy}>
        {action}
      </button>
    </form>
  );
}
