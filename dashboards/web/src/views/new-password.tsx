import { useState } from "preact/hooks";
import { failureKind } from "../data/failure.ts";
import type { Catalogue } from "../text/catalogue.ts";
import { usePage } from "./page.ts";
import { PasswordField } from "./password-field.tsx";

const shortest = 10;

/** The form itself; it stands alone behind the one-time password, and on the account page. */
export function NewPasswordForm({ user, onDone }: { user: string; onDone?: () => void }) {
  const { session, words } = usePage();
  const { t } = words;
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [again, setAgain] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const submit = async (event: Event) => {
    event.preventDefault();
    const found = passwordProblem(t, current, next, again);
    setProblem(found);
    if (found !== null) return;
    setBusy(true);
    try {
      await session.changePassword(current, next);
      for (const clear of [setCurrent, setNext, setAgain]) clear("");
      onDone?.();
    } catch (error) {
      setProblem(refusalText(t, error));
    }
    setBusy(false);
  };

  return (
    <form onSubmit={submit}>
      {/* So that the phone's password manager knows whose password changes. */}
      <input hidden autocomplete="username" value={user} readOnly />
      <PasswordField
        id="current"
        label={t.currentPassword}
        autocomplete="current-password"
        value={current}
        onInput={setCurrent}
      />
      <PasswordField
        id="next"
        label={t.newPassword}
        hint={t.passwordRule}
        autocomplete="new-password"
        value={next}
        onInput={setNext}
      />
      <PasswordField
        id="again"
        label={t.repeatPassword}
        autocomplete="new-password"
        value={again}
        onInput={setAgain}
      />
      {problem !== null && (
        <p class="notice critical" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" class="button primary wide" disabled={busy}>
        {t.savePassword}
      </button>
    </form>
  );
}

function passwordProblem(t: Catalogue, current: string, next: string, again: string): string | null {
  if (next.length < shortest) return t.passwordTooShort(next.length);
  if (next !== again) return t.passwordsDiffer;
  return next === current ? t.passwordUnchanged : null;
}

function refusalText(t: Catalogue, error: unknown): string {
  const kind = failureKind(error);
  if (kind === "signed-out" || kind === "forbidden") return t.wrongCurrentPassword;
  return t.failure[kind];
}
