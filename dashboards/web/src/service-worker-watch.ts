import { createValue, type Value } from "./data/value.ts";

export interface UpdateWatch {
  /** True once a newer version of the page is on the phone and waits. */
  readonly waiting: Value<boolean>;
  /** Lets it take over, and shows it. */
  take(): void;
}

/**
 * Registers the service worker. Browsers allow one only over https or on this very machine; by plain http on a farm's own
 * network the page works without it.
 */
export function watchServiceWorker(): UpdateWatch {
  const waiting = createValue(false);
  let newer: ServiceWorker | null = null;
  const watch = (worker: ServiceWorker | null) => {
    worker?.addEventListener("statechange", () => {
      // Without a controller this is the very first version, which nothing has to give way to.
      if (worker.state !== "installed" || navigator.serviceWorker.controller === null) return;
      newer = worker;
      waiting.set(true);
    });
  };
  if (import.meta.env.PROD && isSecureContext && "serviceWorker" in navigator) {
    navigator.serviceWorker.register("/sw.js").then(
      (registration) => {
        newer = registration.waiting;
        waiting.set(newer !== null);
        registration.addEventListener("updatefound", () => watch(registration.installing));
      },
      () => {}, // A browser may refuse (private mode): then there is no offline copy, and nothing else is missing.
    );
  }
  return {
    waiting,
    take() {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
      newer?.postMessage("take-over");
    },
  };
}
