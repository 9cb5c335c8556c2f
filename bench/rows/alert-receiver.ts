import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** Somebody who is told by webhook, and looks at the clock as soon as the request is there. */
export interface AlertReceiver {
  /** For the configuration. */
  readonly notifier: { readonly kind: "webhook"; readonly url: string; readonly key: string };
  /** When this alert's firing was first told, ms since 1970; undefined while it was not. */
  heardAtMs(device: string, firedAtMs: number): number | undefined;
  close(): void;
}

interface Message {
  readonly event: "fired" | "resolved";
  readonly alert: { readonly device: string; readonly firedAtMs: number };
}

export async function openAlertReceiver(): Promise<AlertReceiver> {
  const heard = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const atMs = performance.timeOrigin + performance.now();
    const { event, alert } = JSON.parse(await text(request)) as Message;
    response.end();
    const key = `${alert.device} ${alert.firedAtMs}`;
    if (event === "fired" && !heard.has(key)) heard.set(key, atMs);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    notifier: {
      kind: "webhook",
      url: `http://127.0.0.1:${port}/`,
      key: `whsec_${randomBytes(32).toString("base64")}`,
    },
    heardAtMs: (device, firedAtMs) => heard.get(`${device} ${firedAtMs}`),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
