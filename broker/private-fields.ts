import { Duplex } from "node:stream";
import type { Aedes } from "aedes";
import type { AedesClient } from "./aedes-client.ts";

type Check = readonly [name: string, holds: (client: AedesClient) => boolean];

const checks: readonly Check[] = [
  ["client._parser._parseLength()", (client) => typeof client._parser._parseLength === "function"],
  ["client._parser._emitError()", (client) => typeof client._parser._emitError === "function"],
  ["client._parser.parse()", (client) => typeof client._parser.parse === "function"],
  ["client._parser._list.length", (client) => client._parser._list.length === 0],
  ["client._parser._stateCounter", (client) => client._parser._stateCounter === 0],
  ["client._parser.error", (client) => client._parser.error === null],
  ["client._parser.client", (client) => client._parser.client === client],
  ["client._parser.packet.length", (client) => typeof client._parser.packet.length === "number"],
  ["client._parser.settings", (client) => typeof client._parser.settings === "object"],
  ["client.duplicates", (client) => typeof client.duplicates === "object"],
  ["client._parsingBatch", (client) => typeof client._parsingBatch === "number"],
  ["client._disconnected", (client) => client._disconnected === false],
  ["client.connackSent", (client) => typeof client.connackSent === "boolean"],
  [
    "client.pause() sets client._paused",
    (client) => {
      client.pause();
      return client._paused === true;
    },
  ],
  [
    "client.resume() clears client._paused",
    (client) => {
      client.resume();
      return client._paused === false;
    },
  ],
];

/**
 * Makes sure that what the guards use of Aedes and mqtt-packet without being promised it is there. A guard that
 * silently does nothing would be worse than a broker that does not start.
 *
 * @throws naming everything that is missing
 */
export function checkPrivateFields(client: AedesClient): void {
  const missing = checks.filter((check) => !passes(check, client)).map(([name]) => name);
  if (missing.length === 0) return;
  throw new Error(
    `the broker relies on parts of aedes 1.2.0 and mqtt-packet 9.0.2 that are missing here: ${missing.join("; ")}. ` +
      "Install those versions, or adapt broker/ to the new ones.",
  );
}

/** A client on a connection that leads nowhere. The caller destroys its `conn`. */
export function probeClient(aedes: Aedes): AedesClient {
  const nowhere = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  return aedes.handle(nowhere) as AedesClient;
}

function passes([, holds]: Check, client: AedesClient): boolean {
  try {
    return holds(client);
  } catch {
    return false;
  }
}
