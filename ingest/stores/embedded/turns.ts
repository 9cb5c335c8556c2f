/** Lets at most so many pieces of work run at once; the others wait in the order they came. */
export interface Turns {
  take<T>(work: () => Promise<T>): Promise<T>;
  /** Runs `work` while nothing else runs. */
  takeAll<T>(work: () => Promise<T>): Promise<T>;
}

export function createTurns(atOnce: number): Turns {
  const waiting: { readonly places: number; readonly enter: () => void }[] = [];
  let free = atOnce;

  function admit(): void {
    // In order: a large piece of work at the head is not overtaken by small ones, or it would wait for ever.
    while (waiting.length > 0 && waiting[0]!.places <= free) {
      const { places, enter } = waiting.shift()!;
      free -= places;
      enter();
    }
  }

  async function run<T>(places: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      waiting.push({ places, enter });
      admit();
    });
    try {
      return await work();
    } finally {
      free += places;
      admit();
    }
  }

  return { take: (work) => run(1, work), takeAll: (work) => run(atOnce, work) };
}
