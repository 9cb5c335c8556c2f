import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { DeliveryError } from "../../alerts/index.ts";
import { type Bind, bindBody } from "./bodies.ts";
import { answerTo, commands, createPduReader, encodePdu, isAnswer, type Pdu, statuses } from "./pdu.ts";
import { refusedBy } from "./smpp-failures.ts";

export interface SessionParts extends Bind {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** For each answer, and for the connection to be made. */
  readonly timeoutMs: number;
  /** Questions that may wait for their answers at the same time. */
  readonly window: number;
  /** After so long without a word we ask whether somebody is still there. */
  readonly enquireMs: number;
  /** Takes a message for us; the status that it resolves to is the answer. */
  readonly onDeliver: (body: Buffer) => Promise<number>;
}

/** A connection to a message centre, bound in both directions. */
export interface Session {
  /**
   * Asks, and resolves to the body of the answer.
   * @throws DeliveryError when the centre refuses, says nothing in time, or is gone
   */
  ask(command: number, body: Buffer): Promise<Buffer>;
  /** Resolves when the connection has ended, for whatever reason. */
  readonly ended: Promise<void>;
  /** Takes leave of the centre. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (answer: Pdu) => void;
  readonly reject: (error: DeliveryError) => void;
}

/** §3.2: sequence numbers go up to this, and begin anew. */
const lastSequence = 0x7fff_ffff;

/** Connects and binds. @throws DeliveryError */
export async function openSession(parts: SessionParts): Promise<Session> {
  const { timeoutMs, window, enquireMs, onDeliver } = parts;
  const socket = await connected(parts);
  const read = createPduReader();
  const waiting = new Map<number, Waiting>();
  const queue: (() => void)[] = [];
  let sequence = 0;
  let quiet: NodeJS.Timeout | undefined;

  const ended = new Promise<void>((resolve) => {
    if (socket.closed) resolve();
    socket.once("close", () => {
      clearTimeout(quiet);
      for (const { reject } of waiting.values())
        reject(gone("the connection to the message centre has ended"));
      waiting.clear();
      for (const next of queue.splice(0)) next();
      resolve();
    });
  });
  socket.on("error", () => socket.destroy());
  socket.on("data", (bytes) => {
    listenOn();
    try {
      for (const pdu of read(bytes)) take(pdu);
    } catch {
      // Out of step: nothing that follows can be read.
      socket.destroy();
    }
  });

  const session: Session = {
    ask: async (command, body) => (await question(command, body)).body,
    ended,
    async close() {
      await question(commands.unbind, Buffer.alloc(0)).catch(() => {});
      socket.destroy();
      await ended;
    },
  };
  listenOn();
  try {
    await session.ask(commands.bindTransceiver, bindBody(parts));
    return session;
  } catch (error) {
    socket.destroy();
    throw error;
  }

  async function question(command: number, body: Buffer): Promise<Pdu> {
    while (waiting.size >= window && !socket.destroyed)
      await new Promise<void>((resolve) => queue.push(resolve));
    if (socket.destroyed) throw gone("the connection to the message centre has ended");
    sequence = sequence === lastSequence ? 1 : sequence + 1;
    const answer = await answered(sequence, () =>
      socket.write(encodePdu({ command, status: 0, sequence, body })),
    );
    if (answer.status !== statuses.ok) throw refusedBy(answer.status);
    return answer;
  }

  function answered(number: number, write: () => void): Promise<Pdu> {
    let timer: NodeJS.Timeout | undefined;
    const answer = new Promise<Pdu>((resolve, reject) => {
      waiting.set(number, { resolve, reject });
      timer = setTimeout(() => {
        const message = `the message centre did not answer within ${timeoutMs} ms`;
        reject(new DeliveryError(message, { failure: "timed-out", retryable: true }));
      }, timeoutMs);
      write();
    });
    return answer.finally(() => {
      clearTimeout(timer);
      waiting.delete(number);
      queue.shift()?.();
    });
  }

  function take(pdu: Pdu): void {
    const { command, sequence } = pdu;
    if (isAnswer(command)) waiting.get(sequence)?.resolve(pdu);
    else if (command === commands.deliverSm) void deliver(pdu);
    else if (command === commands.enquireLink) reply(pdu, statuses.ok);
    else if (command === commands.unbind) {
      reply(pdu, statuses.ok);
      socket.end();
    } else refuse(pdu);
  }

  function refuse(pdu: Pdu): void {
    write({
      ...pdu,
      command: commands.genericNack,
      status: statuses.invalidCommandId,
      body: Buffer.alloc(0),
    });
  }

  async function deliver(pdu: Pdu): Promise<void> {
    const status = await onDeliver(pdu.body).catch(() => statuses.temporaryError);
    // §4.6.2: one field, a text without use.
    reply(pdu, status, Buffer.of(0));
  }

  function reply({ command, sequence }: Pdu, status: number, body: Buffer = Buffer.alloc(0)): void {
    write({ command: answerTo(command), status, sequence, body });
  }

  function write(pdu: Pdu): void {
    if (!socket.destroyed) socket.write(encodePdu(pdu));
  }

  /** Somebody is there. After a while without a word they are asked; who does not answer then is gone. */
  function listenOn(): void {
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      question(commands.enquireLink, Buffer.alloc(0)).catch(() => socket.destroy());
    }, enquireMs);
    quiet.unref();
  }
}

async function connected({ host, port, tls, timeoutMs }: SessionParts): Promise<Socket> {
  const socket = tls ? connectTls({ host, port, servername: host }) : connect({ host, port });
  socket.setNoDelay(true);
  try {
    await once(socket, tls ? "secureConnect" : "connect", { signal: AbortSignal.timeout(timeoutMs) });
    return socket;
  } catch (cause) {
    socket.on("error", () => {});
    socket.destroy();
    const { code, name } = cause as NodeJS.ErrnoException;
    throw new DeliveryError(`${host}:${port} cannot be reached (${code ?? name})`, {
      failure: "unreachable",
      retryable: true,
      cause,
    });
  }
}

function gone(message: string): DeliveryError {
  return new DeliveryError(message, { failure: "unreachable", retryable: true });
}
