export interface StreamedEvent {
  readonly event: string;
  readonly data: unknown;
}

export interface EventStream {
  readonly status: number;
  readonly headers: Headers;
  /** What the stream said last about how far the page has got. */
  lastEventId(): string;
  /** The next event; rejects when the stream has ended. */
  next(): Promise<StreamedEvent>;
  /** Everything up to and with the next id: all that a step has told. */
  untilId(): Promise<StreamedEvent[]>;
  close(): void;
}

/** Reads server-sent events as a browser does (WHATWG HTML, 9.2.6), so far as we send them. */
export async function openEventStream(url: string, headers: Record<string, string>): Promise<EventStream> {
  const abort = new AbortController();
  const answer = await fetch(url, { headers, signal: abort.signal });
  const blocks = blocksOf(answer.body!);
  let lastEventId = "";

  async function nextBlock(): Promise<Map<string, string>> {
    const { value, done } = await blocks.next();
    if (done) throw new Error("the stream has ended");
    const id = value.get("id");
    if (id !== undefined) lastEventId = id;
    return value;
  }

  async function next(): Promise<StreamedEvent> {
    const block = await nextBlock();
    const data = block.get("data");
    return data === undefined ? next() : { event: block.get("event")!, data: JSON.parse(data) };
  }

  return {
    status: answer.status,
    headers: answer.headers,
    lastEventId: () => lastEventId,
    next,
    async untilId() {
      const events: StreamedEvent[] = [];
      for (;;) {
        const block = await nextBlock();
        const data = block.get("data");
        if (data !== undefined) events.push({ event: block.get("event")!, data: JSON.parse(data) });
        if (block.has("id")) return events;
      }
    },
    close: () => abort.abort(),
  };
}

async function* blocksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Map<string, string>, void> {
  let text = "";
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      yield fieldsOf(text.slice(0, end));
      text = text.slice(end + 2);
    }
  }
}

function fieldsOf(block: string): Map<string, string> {
  return new Map(
    block.split("\n").map((line) => {
      const colon = line.indexOf(": ");
      return [line.slice(0, colon), line.slice(colon + 2)];
    }),
  );
}
