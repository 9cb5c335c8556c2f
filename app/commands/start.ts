import { randomBytes } from "node:crypto";
import { flushCompileCache } from "node:module";
import type { Command } from "commander";
import type { Registry } from "../../devices/index.ts";
import { announceServer, withdrawServer } from "../data-folder/running-server.ts";
import type { Log } from "../log.ts";
import type { Canhdong } from "../open-canhdong.ts";
import type { CommandContext } from "./context.ts";

/** `canhdong start`: the main job. */
export function registerStart(program: Command, context: CommandContext): void {
  program
    .command("start")
    .description("runs the platform: MQTT broker, journal, store, rules, alerts, page")
    .addHelpText(
      "after",
      `
Stops gracefully on Ctrl-C or SIGTERM: what was acknowledged is stored and judged first.

Examples:
  $ canhdong start --demo      # with 24 simulated nodes on twelve parcels, ponds and sheds
  $ canhdong --config /etc/canhdong.yaml start`,
    )
    .action(async (_options: unknown, command: Command) => {
      const { demo = false } = command.optsWithGlobals<{ demo?: boolean }>();
      const { createLog } = await import("../log.ts");
      const { openCanhdong } = await import("../open-canhdong.ts");
      const settings = context.settings();
      const { level, format } = settings.log;
      const text = format === "text" || (format === "auto" && context.isTerminal);
      const log = createLog({ level, format: text ? "text" : "json", write: context.err });
      const farm = demo ? await import("../demo/open-demo.ts") : null;

      const canhdong = await openCanhdong(settings, { log, now: context.now });
      let stopAnnouncing = () => {};
      try {
        const stopDemo = farm ? await farm.openDemo(canhdong, context.now) : null;
        context.out(await welcome(canhdong, context));
        // Whoever finds the announcement may ask it to stop at once.
        const signalled = stopSignal();
        stopAnnouncing = announceOnceThereIsRoom(canhdong, log);
        // Now rather than at the end: whoever is killed should not have to read everything again at the next start.
        flushCompileCache();
        const signal = await signalled;
        log.info({ signal }, "stopping");
        await stopDemo?.();
      } finally {
        stopAnnouncing();
        withdrawServer(canhdong.data.server);
        await canhdong.close();
      }
      log.info({}, "stopped; everything acknowledged is stored");
    });
}

const announceAgainMs = 5_000;

/** On a full disk the server runs and waits for room like every other part. Returns the way to stop trying. */
function announceOnceThereIsRoom(canhdong: Canhdong, log: Log): () => void {
  let waiting: NodeJS.Timeout | undefined;
  const attempt = () => {
    try {
      announce(canhdong);
    } catch (err) {
      log.warn({ err }, "commands do not find this server yet: its address cannot be written; tried again");
      waiting = setTimeout(attempt, announceAgainMs);
    }
  };
  attempt();
  return () => clearTimeout(waiting);
}

/** From now on the command line finds it. */
function announce({ data, url, localToken, broker }: Canhdong): void {
  announceServer(data.server, { pid: process.pid, url, token: localToken, mqttPort: broker.mqttPort });
}

/** What whoever has just started it wants to know. */
async function welcome({ url, broker, registry }: Canhdong, context: CommandContext): Promise<string> {
  const password = await firstPassword(registry, context.now());
  const lines = [
    "",
    `  Canhdong keeps watch.   page  ${url}`,
    `                          mqtt  mqtt://127.0.0.1:${broker.mqttPort}`,
    ...(password === null
      ? []
      : [
          "",
          `  First start: sign in as admin with the one-time password ${password}`,
          "  and choose another.",
        ]),
    "",
  ];
  return `${lines.join("\n")}\n`;
}

/** A one-time password for the administrator, while nobody can sign in yet; null from then on. */
async function firstPassword(registry: Registry, nowMs: number): Promise<string | null> {
  if (registry.people().some(({ role, passwordVersion }) => role === "admin" && passwordVersion > 0))
    return null;
  if (registry.person("admin") === undefined)
    registry.addPerson({ id: "admin", name: "Quản trị", role: "admin" }, nowMs);
  const password = randomBytes(9).toString("base64url");
  await registry.setPassword("admin", password, nowMs, { mustChange: true });
  return password;
}

function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => resolve(signal));
  });
}
