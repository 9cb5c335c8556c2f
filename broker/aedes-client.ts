import type { Client } from "aedes";
import type { Visit } from "./visit.ts";

export const visitOf: unique symbol = Symbol("visit");

/**
 * What of Aedes' client and of mqtt-packet's parser the guards rely on and the type declarations do not promise.
 * `checkPrivateFields` makes sure at each start that it is there.
 */
export interface AedesClient extends Client {
  readonly connackSent: boolean;
  readonly _parser: PacketParser;
  /** The newest message that it was sent, by broker. */
  duplicates: Readonly<Record<string, number>>;
  /** Packets of the last chunk that are not finished; reading goes on at 0. */
  _parsingBatch: number;
  _paused?: boolean;
  /** Whether it has said goodbye with a DISCONNECT. */
  readonly _disconnected: boolean;
  pause(): void;
  resume(): void;
  [visitOf]?: Visit;
}

export interface PacketParser {
  readonly packet: { readonly length: number; readonly cmd: string };
  readonly client: AedesClient;
  /** The whole CONNECT once it came; read afterwards for these two only. */
  settings: { readonly protocolVersion?: number; readonly bridgeMode?: boolean };
  readonly error: Error | null;
  /** What came of a packet that is not whole yet. */
  readonly _list: { readonly length: number };
  /** Which part of a packet comes next; 0 is its first byte. */
  readonly _stateCounter: number;
  /** @returns how many bytes are left of what came */
  parse(chunk: Buffer): number;
  emit(event: "packet", packet: object): boolean;
  _parseLength(): boolean;
  _emitError(error: Error): void;
}

/** Lets go of the CONNECT of a client that was let in: its secret has done its work, and takes a kilobyte for as long as it stays. */
export function forgetConnect({ _parser }: AedesClient): void {
  const { protocolVersion, bridgeMode } = _parser.settings;
  _parser.settings = {
    ...(protocolVersion !== undefined && { protocolVersion }),
    ...(bridgeMode !== undefined && { bridgeMode }),
  };
}

/**
 * Aedes numbers messages as they come in, and sends a client none older than what it sent last: in a cluster that would be a
 * repetition. Here it is one that had to be written first, as what is retained or waits for a session has, and was passed by
 * another; it would be lost. Repetitions to one client do not leave the emitter.
 */
export function forgetNumbers(client: AedesClient, brokerId: string): void {
  client.duplicates = Object.defineProperty({}, brokerId, {
    get: () => 0,
    set: () => {},
    configurable: true,
  });
}
