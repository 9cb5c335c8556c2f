import { Icon } from "./icons.tsx";
import { usePage, useSignedIn } from "./page.ts";
import { useValue } from "./use-value.ts";

/** Says nothing while all is well: only a connection that is missing, and how old then is what one sees. */
export function ConnectionLine() {
  const { clock, words } = usePage();
  const { farm } = useSignedIn();
  const connection = useValue(farm.connection);
  const { savedAtMs } = useValue(farm.overview);
  const nowMs = useValue(clock.nowMs);
  const { t } = words;
  const saved = savedAtMs === null ? null : words.age(nowMs - clock.fromBrowser(savedAtMs));
  const isLost = connection === "retrying";
  return (
    <div role="status" data-connection={connection}>
      {(isLost || saved !== null) && (
        <div class="line warning">
          <Icon name="offline" />
          <p>
            {isLost && t.connection.retrying} {saved !== null && t.savedCopy(saved)}
          </p>
        </div>
      )}
      {!isLost && <span class="hidden-text">{t.connection[connection]}</span>}
    </div>
  );
}

/** Read out when an alert is raised while the page is open. It is on the page itself for who sees. */
export function NewAlertLine() {
  const { words } = usePage();
  const { farm } = useSignedIn();
  const alert = useValue(farm.announced);
  return (
    <div class="hidden-text" role="status">
      {alert !== null && words.t.newAlert(words.pick(alert.title), alert.placeName ?? alert.device)}
    </div>
  );
}
