import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { idBody, readId, readShortMessage, type ShortMessage, shortMessageBody } from "./bodies.ts";
import { answerTo, commands, createPduReader, encodePdu, isAnswer, type Pdu, statuses } from "./pdu.ts";

export const systemId = "canhdong";
export const password = "matkhau";

export interface SmscOptions {
  /** The status of every submission; null when the centre says nothing to it. */
  readonly outcome?: (message: ShortMessage) => number | null;
  /** Whether it says anything to `enquire_link`. */
  readonly answersEnquiries?: boolean;
}

/** A message centre on this machine: binds whoever knows the password, keeps what is submitted, delivers what it is told to. */
export async function createTestSmsc({ outcome = () => 0, answersEnquiries = true }: SmscOptions = {}) {
  const submitted: ShortMessage[] = [];
  /** Statuses with which our side answered deliveries. */
  const answers: number[] = [];
  const happened = new EventTarget();
  const sockets = new Set<Socket>();
  let binds = 0;
  let enquiries = 0;
  let inFlight = 0;
  let mostInFlight = 0;

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    const read = createPduReader();
    socket.on("data", (bytes) => {
      for (const pdu of read(bytes)) take(socket, pdu);
    });
  });

  function take(socket: Socket, pdu: Pdu): void {
    if (isAnswer(pdu.command)) {
      answers.push(pdu.status);
      happened.dispatchEvent(new Event("answer"));
    } else if (pdu.command === commands.bindTransceiver) bind(socket, pdu);
    else if (pdu.command === commands.submitSm) submit(socket, pdu);
    else if (pdu.command === commands.enquireLink) enquire(socket, pdu);
    else if (pdu.command === commands.unbind) {
      reply(socket, pdu, statuses.ok);
      socket.end();
    }
  }

  function bind(socket: Socket, pdu: Pdu): void {
    binds++;
    const known = readId(pdu.body) === systemId;
    const secret = pdu.body
      .subarray(systemId.length + 1)
      .toString("latin1")
      .split("\0")[0];
    reply(socket, pdu, known && secret === password ? statuses.ok : statuses.invalidPassword, idBody("SMSC"));
    happened.dispatchEvent(new Event("bind"));
  }

  function submit(socket: Socket, pdu: Pdu): void {
    const message = readShortMessage(pdu.body);
    const status = outcome(message);
    mostInFlight = Math.max(mostInFlight, ++inFlight);
    // As a centre with work to do: what came in the same breath is there before the first answer.
    setImmediate(() => {
      inFlight--;
      if (status === null) return;
      if (status === statuses.ok) submitted.push(message);
      reply(socket, pdu, status, status === statuses.ok ? idBody(`id-${submitted.length}`) : Buffer.alloc(0));
    });
  }

  function enquire(socket: Socket, pdu: Pdu): void {
    enquiries++;
    if (answersEnquiries) reply(socket, pdu, statuses.ok);
    happened.dispatchEvent(new Event("enquiry"));
  }

  function reply(
    socket: Socket,
    { command, sequence }: Pdu,
    status: number,
    body: Buffer = Buffer.alloc(0),
  ): void {
    socket.write(encodePdu({ command: answerTo(command), status, sequence, body }));
  }

  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const send = (command: number, body: Buffer) => {
    for (const socket of sockets) socket.write(encodePdu({ command, status: 0, sequence: 9000, body }));
  };
  return {
    port: (server.address() as AddressInfo).port,
    submitted,
    answers,
    counts: () => ({ binds, enquiries, mostInFlight }),
    next: (event: "bind" | "answer" | "enquiry") => once(happened, event),
    delivers: (message: ShortMessage) => send(commands.deliverSm, shortMessageBody(message)),
    sends: send,
    cut(): void {
      for (const socket of sockets) socket.destroy();
    },
    async close(): Promise<void> {
      if (!server.listening) return;
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
