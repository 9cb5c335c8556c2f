import { useState } from "preact/hooks";
import { type FailureKind, failureKind } from "../data/failure.ts";
import { lazyPage } from "./lazy-page.tsx";
import { NewPasswordForm } from "./new-password.tsx";
import { Failure } from "./notices.tsx";
import { usePage, useSignedIn } from "./page.ts";

const PushPanel = lazyPage(async () => (await import("./push-panel.tsx")).PushPanel);

export function AccountPage() {
  const { session, words } = usePage();
  const { me } = useSignedIn();
  const { t } = words;
  const [changed, setChanged] = useState(false);
  const [failure, setFailure] = useState<FailureKind | null>(null);
  const signOut = () => session.signOut().catch((error) => setFailure(failureKind(error)));
  return (
    <>
      <h1>{t.account}</h1>
      <section class="panel account">
        <div>
          <h2>{me.name}</h2>
          <p class="soft">{t.role[me.role]}</p>
        </div>
        <button type="button" class="button" onClick={() => void signOut()}>
          {t.signOut}
        </button>
      </section>
      {failure !== null && <Failure kind={failure} />}
      <PushPanel />
      <section class="panel narrow">
        <h2>{t.changePassword}</h2>
        {changed && (
          <p class="notice good" role="status">
            {t.passwordChanged}
          </p>
        )}
        <NewPasswordForm user={me.id} onDone={() => setChanged(true)} />
      </section>
    </>
  );
}
