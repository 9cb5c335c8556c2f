import { errorOf, type Failure, failureOf } from "../front-door/messages.ts";

/** One end of a channel between two threads; a Worker, a parent port and a MessagePort are one. */
export interface End {
  postMessage(message: unknown): void;
  on(event: "message", listener: (message: Message) => void): unknown;
}

export type Message =
  | { readonly call: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly answered: number; readonly value: unknown }
  | { readonly answered: number; readonly failure: Failure };

export type Handlers = Readonly<Record<string, (...args: never[]) => Promise<unknown>>>;

/** Calls to the other thread, and answers to its calls. An error arrives with its name, message and plain properties. */
export interface Calls {
  call(name: string, ...args: readonly unknown[]): Promise<unknown>;
  /** Whatever still waits for an answer is rejected: none will come. */
  giveUp(error: Error): void;
}

export function createCalls(end: End, handlers: Handlers): Calls {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;

  async function answer({ call, name, args }: Extract<Message, { call: number }>): Promise<void> {
    try {
      end.postMessage({
        answered: call,
        value: await handlers[name]!(...(args as never[])),
      } satisfies Message);
    } catch (error) {
      end.postMessage({ answered: call, failure: failureOf(error) } satisfies Message);
    }
  }

  end.on("message", (message) => {
    if ("call" in message) return void answer(message);
    const asked = waiting.get(message.answered);
    waiting.delete(message.answered);
    if ("failure" in message) asked?.reject(errorOf(message.failure));
    else asked?.resolve(message.value);
  });

  return {
    call(name, ...args) {
      const asked = Promise.withResolvers<unknown>();
      waiting.set(++last, asked);
      end.postMessage({ call: last, name, args } satisfies Message);
      return asked.promise;
    },
    giveUp(error) {
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
  };
}
