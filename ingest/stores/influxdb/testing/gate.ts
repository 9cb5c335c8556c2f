import { once } from "node:events";
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { onTestFinished } from "vitest";

/** How a request to write is answered instead of being let through; null lets it through; "silence" never answers. */
export type Answer =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }
  | "silence"
  | null;

/** A proxy before a real InfluxDB, such as provinces have, which may refuse to let requests to write through. */
export interface Gate {
  readonly url: string;
  /** Decides on each request to write, by its lines. */
  rule: (lines: readonly string[]) => Answer;
  /** Lines of every request to write, in order. */
  readonly requests: string[][];
  /** What was told about them besides. */
  readonly targets: string[];
  /** Whether they came compressed. */
  readonly compressed: boolean[];
}

export async function openGate(target: string): Promise<Gate> {
  const gate = {
    url: "",
    rule: (): Answer => null,
    requests: [] as string[][],
    targets: [] as string[],
    compressed: [] as boolean[],
  };
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const answer = incoming.url!.includes("/write") ? ruleOn(incoming, body) : null;
    if (answer === "silence") return;
    if (answer !== null) response.writeHead(answer.status, answer.headers).end(answer.body);
    else forward(target, incoming, body, response);
  });
  function ruleOn(incoming: IncomingMessage, body: Buffer): Answer {
    const isCompressed = incoming.headers["content-encoding"] === "gzip";
    const lines = (isCompressed ? gunzipSync(body) : body).toString("utf8").split("\n");
    gate.compressed.push(isCompressed);
    gate.requests.push(lines);
    gate.targets.push(incoming.url!);
    return (gate.rule as Gate["rule"])(lines);
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  gate.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return gate as Gate;
}

function forward(
  target: string,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
) {
  const onward = request(target + url, { method: method!, headers }, (answer) => {
    response.writeHead(answer.statusCode!, answer.headers);
    answer.pipe(response);
  });
  onward.on("error", () => response.writeHead(502).end("the database behind the gate is away"));
  onward.end(body);
}
