import { render } from "preact";
import { createApi, liveUrl } from "./data/api.ts";
import { createClock } from "./data/clock.ts";
import { createFarm } from "./data/farm.ts";
import { createLive } from "./data/live.ts";
import { createPreferences } from "./data/preferences.ts";
import { createSession } from "./data/session.ts";
import { createValue } from "./data/value.ts";
import { parseRoute } from "./route.ts";
import { watchServiceWorker } from "./service-worker-watch.ts";
import "uplot/dist/uPlot.min.css";
import "./style/base.css";
import "./style/shell.css";
import "./style/parts.css";
import "./style/overview.css";
import "./style/device.css";
import "./style/pages.css";
import "./style/rules.css";
import "./style/people.css";
import "./style/linkage.css";
import { App } from "./views/app.tsx";

/** Where the page is put together: only here are the browser's clock, timers, chance and network taken from it. */

const tickMs = 5_000;

const clock = createClock(Date.now);
const route = createValue(parseRoute(location.hash));
const api = createApi(
  (input, init) => fetch(input, init),
  () => session.ended(),
);
const session = createSession(api, async () => void (await globalThis.caches?.delete("canhdong-copies")));
const live = () =>
  createLive({
    openStream: () => new EventSource(liveUrl),
    after(delayMs, work) {
      const timer = setTimeout(work, delayMs);
      return () => clearTimeout(timer);
    },
    random: Math.random,
  });
const update = watchServiceWorker();

function openFarm() {
  const stream = live();
  const farm = createFarm({ api, live: stream, clock });
  const hurry = () => document.visibilityState === "visible" && stream.hurry();
  addEventListener("online", hurry);
  document.addEventListener("visibilitychange", hurry);
  const stop = () => {
    removeEventListener("online", hurry);
    document.removeEventListener("visibilitychange", hurry);
    farm.stop();
  };
  return { ...farm, stop };
}

function storage(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null; // Blocked by the browser's settings.
  }
}

addEventListener("hashchange", () => route.set(parseRoute(location.hash)));
setInterval(clock.tick, tickMs);
void session.check();

render(
  <App
    api={api}
    session={session}
    clock={clock}
    preferences={createPreferences(storage())}
    route={route}
    updateWaiting={update.waiting}
    takeUpdate={update.take}
    createFarm={openFarm}
  />,
  document.getElementById("page")!,
);
