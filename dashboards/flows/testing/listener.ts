import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The far end of somebody else's HTTP interface: keeps what it is sent, and answers as it is told. */
export interface Listener {
  readonly url: string;
  readonly taken: {
    readonly path: string;
    readonly headers: NodeJS.Dict<string | string[]>;
    readonly body: Taken;
  }[];
  /** Answers of the next requests; then 200. */
  refuse(...statuses: readonly number[]): void;
  close(): void;
}

// biome-ignore lint/suspicious/noExplicitAny: what comes in is judged by the test that asked for it.
type Taken = any;

export async function openListener(): Promise<Listener> {
  const taken: Listener["taken"] = [];
  const refusals: number[] = [];
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const status = refusals.shift() ?? 200;
      const { url: path = "", headers } = request;
      if (status === 200) taken.push({ path, headers, body: JSON.parse(Buffer.concat(chunks).toString()) });
      reply.writeHead(status, { "content-type": "application/json" }).end('{"ok":true}');
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken,
    refuse: (...statuses) => void refusals.push(...statuses),
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
