import { type Follower, type FollowParts, follow } from "./follow.ts";
import type { Position } from "./journal/journal.ts";
import type { ReadingStore } from "./stores/reading-store.ts";

/**
 * Follows the journal into a store, from the store's own cursor. A store that had to begin anew says so by a cursor that
 * has gone back: then the journal is read again from there.
 */
export async function followIntoStore(
  parts: Omit<FollowParts, "name" | "from" | "handle"> & {
    readonly store: Pick<ReadingStore, "cursor" | "write">;
  },
): Promise<Follower> {
  const { store, ...rest } = parts;
  let follower = followFrom(await store.cursor());

  function followFrom(from: Position): Follower {
    return follow({
      ...rest,
      name: "store",
      from,
      async handle(batch, next) {
        try {
          await store.write(
            batch.flatMap(({ readings }) => readings),
            next,
          );
        } catch (error) {
          const cursor = await store.cursor();
          if (cursor < (batch[0]?.uplink.position ?? next)) goBackTo(cursor);
          throw error;
        }
      },
    });
  }

  function goBackTo(cursor: Position): void {
    parts.log.warn({ position: cursor }, "the store begins anew: the journal is read again from there");
    void follower.stop();
    follower = followFrom(cursor);
  }

  return {
    get lag() {
      return follower.lag;
    },
    get failing() {
      return follower.failing;
    },
    settled: () => follower.settled(),
    stop: () => follower.stop(),
  };
}
