import { openIn, timeOf, writeUpTo } from "./numbered-history.ts";

/** Writes on from the store's cursor, sealing often, and tells each position once it is confirmed. */
const store = await openIn(process.argv[2]!);
for (;;) {
  const next = (await store.cursor()) + 20;
  await writeUpTo(store, next);
  process.stdout.write(`${next}\n`);
  await store.maintain(timeOf(next));
}
