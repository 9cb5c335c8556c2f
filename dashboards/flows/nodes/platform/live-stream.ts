/** Reads the platform's live stream of readings, and comes back to it for ever. */
export interface LiveStream {
  close(): void;
}

export interface LiveReadings {
  readonly device: string;
  readonly latest: readonly {
    readonly quantity: string;
    readonly value: number;
    readonly measuredAtMs: number;
  }[];
}

export interface LiveStreamParts {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly onReadings: (readings: LiveReadings) => void;
  /** The stream cannot say what was missed: whoever needs to know has to ask for the latest values. */
  readonly onGap: () => void;
  /** @param because null while the stream is open */
  readonly onState: (because: string | null) => void;
}

/** The platform says something at least every 15 s. */
const silentMs = 45_000;
const firstWaitMs = 1_000;
const longestWaitMs = 30_000;

export function openLiveStream(parts: LiveStreamParts): LiveStream {
  const ended = new AbortController();
  let lastEventId: string | undefined;
  void run();
  return { close: () => ended.abort() };

  async function run(): Promise<void> {
    let waitMs = firstWaitMs;
    while (!ended.signal.aborted) {
      const problem = await readOnce(() => {
        waitMs = firstWaitMs;
      }).catch((error: Error) => error.message);
      if (ended.signal.aborted) return;
      parts.onState(problem);
      await wait(waitMs, ended.signal);
      waitMs = Math.min(waitMs * 2, longestWaitMs);
    }
  }

  /** @returns why it ended */
  async function readOnce(onOpen: () => void): Promise<string> {
    const silence = new AbortController();
    const signal = AbortSignal.any([ended.signal, silence.signal]);
    const overdue = setTimeout(() => silence.abort(new Error("no sign of life")), silentMs);
    try {
      const answer = await fetch(parts.url, {
        headers: { ...parts.headers, ...(lastEventId !== undefined && { "last-event-id": lastEventId }) },
        signal,
      });
      if (!answer.ok || answer.body === null) return `HTTP ${answer.status}`;
      onOpen();
      parts.onState(null);
      if (lastEventId === undefined) parts.onGap();
      for await (const block of blocksOf(answer.body)) {
        overdue.refresh();
        take(block);
      }
      return "the stream has ended";
    } finally {
      clearTimeout(overdue);
    }
  }

  function take(block: ReadonlyMap<string, string>): void {
    lastEventId = block.get("id") ?? lastEventId;
    const event = block.get("event");
    if (event === "resync") parts.onGap();
    if (event === "readings") parts.onReadings(JSON.parse(block.get("data")!) as LiveReadings);
  }
}

/** Server-sent events (WHATWG HTML, 9.2.6) as the platform writes them: one `data` line each. */
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
  const fields = new Map<string, string>();
  for (const line of block.split("\n")) {
    const colon = line.indexOf(": ");
    if (colon > 0) fields.set(line.slice(0, colon), line.slice(colon + 2));
  }
  return fields;
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
