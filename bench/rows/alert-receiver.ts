import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** Somebody who is told by webhook, and looks at the clock as soon as the request is there. */
export interface AlertReceiver {
  /** For the configuration. */
  readonly notifier: {
    readonly kind: "webhook";
    readonly url: string;
    readonly key: { readonly plain: string };
  };
  /** The first word about this alert; undefined while there was none. */
  firstWord(device: string, firedAtMs: number): Word | undefined;
  close(): void;
}

export interface Word {
  /** ms since 1970. */
  readonly atMs: number;
  /** An alert that is over before it could be told is told once, as resolved. */
  readonly event: "fired" | "resolved";
}

interface Message {
  readonly event: Word["event"];
  readonly alert: { readonly device: string; readonly firedAtMs: number };
}

export async function openAlertReceiver(): Promise<AlertReceiver> {
  const heard = new Map<string, Word>();
  const server = createServer(async (request, response) => {
    const atMs = performance.timeOrigin + performance.now();
    const { event, alert } = JSON.parse(await text(request)) as Message;
    response.end();
    const key = `${alert.device} ${alert.firedAtMs}`;
    if (!heard.has(key)) heard.set(key, { atMs, event });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    notifier: {
      kind: "webhook",
      url: `http://127.0.0.1:${port}/`,
      key: { plain: `whsec_${randomBytes(32).toString("base64")}` },
    },
    firstWord: (device, firedAtMs) => heard.get(`${device} ${firedAtMs}`),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
