import { useState } from "preact/hooks";
import { type FailureKind, failureKind } from "../data/failure.ts";
import { Gate } from "./gate.tsx";
import { Failure } from "./notices.tsx";
import { usePage } from "./page.ts";
import { PasswordField } from "./password-field.tsx";

export function SignIn() {
  const { session, words } = usePage();
  const { t } = words;
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FailureKind | null>(null);

  const submit = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFailure(null);
    try {
      await session.signIn(name.trim(), password);
    } catch (error) {
      setFailure(failureKind(error));
      setBusy(false);
    }
  };

  return (
    <Gate title={t.signIn}>
      <form onSubmit={submit}>
        <label class="field">
          {t.userName}
          <input
            name="username"
            autocomplete="username"
            autocapitalize="none"
            spellcheck={false}
            required
            maxLength={100}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </label>
        <PasswordField
          id="password"
          label={t.password}
          autocomplete="current-password"
          value={password}
          onInput={setPassword}
        />
        {failure !== null && (
          <Failure kind={failure} {...(failure === "signed-out" ? { text: t.wrongPassword } : {})} />
        )}
        <button type="submit" class="button primary wide" disabled={busy}>
          {busy ? t.signingIn : t.signIn}
        </button>
      </form>
    </Gate>
  );
}
