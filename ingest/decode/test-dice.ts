import { seededRandom } from "../journal/testing/seeded-random.ts";

/** For fuzz tests: chances that a seed repeats. `SEED=7 npx vitest run ingest/decode` plays another game. */
export function createDice(game: number) {
  const random = seededRandom(Number(process.env.SEED ?? 1) + game);
  const below = (n: number) => Math.floor(random() * n);
  return {
    below,
    chance: (share: number) => random() < share,
    oneOf: <T>(choices: readonly T[]): T => choices[below(choices.length)]!,
  };
}
export type Dice = ReturnType<typeof createDice>;
