import { type Command, InvalidArgumentError } from "commander";
import { type CommandContext, UserError } from "./context.ts";

interface SeasonsOptions {
  readonly seeds: readonly number[];
  readonly days: number;
}

const mostSeeds = 100_000;

/** `canhdong sim seasons`: what is promised, held against seasons in which everything goes wrong. */
export function registerSeasons(sim: Command, context: CommandContext): void {
  sim
    .command("seasons")
    .description("lives through seasons of troubles in virtual time, and holds the platform to its promises")
    .option("--seeds <list>", "which seasons: 7, 1-300 or 3,9,12-20", seedsOf, seedsOf("1-10"))
    .option("--days <n>", "how long each lasts", wholeDays, 6)
    .action((options: SeasonsOptions) => run(context, options));
}

async function run(context: CommandContext, { seeds, days }: SeasonsOptions): Promise<void> {
  const { checkSeason } = await import("../rehearsal/check-season.ts");
  const sum = { acknowledged: 0, alerts: 0, gatewaysLost: 0, trueEvents: 0 };
  const failing: number[] = [];
  for (const seed of seeds) {
    const season = await checkSeason(seed, days);
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += season[key];
    if (season.broken.length === 0) continue;
    failing.push(seed);
    context.out(`seed ${seed}:\n  ${season.broken.join("\n  ")}\n`);
  }
  context.out(
    `${seeds.length} seasons of ${days} days: ${sum.acknowledged} values acknowledged and stored once, ${sum.trueEvents} true events and ${sum.gatewaysLost} lost gateways told in time, ${sum.alerts} alerts in all\n`,
  );
  if (failing.length === 0) return;
  throw new UserError(
    `${failing.length} of ${seeds.length} seasons broke a promise. To live through them again: canhdong sim seasons --seeds ${failing.join(",")} --days ${days}`,
  );
}

/** `7`, `1-300`, `3,9,12-20`. */
function seedsOf(text: string): number[] {
  const seeds = text.split(",").flatMap((part) => {
    const match = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(part.trim());
    const [from, to] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
    if (match === null || to < from || to - from >= mostSeeds)
      throw new InvalidArgumentError("Right is 7, 1-300 or 3,9,12-20.");
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  });
  return seeds;
}

function wholeDays(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 2 || days > 366)
    throw new InvalidArgumentError("A whole number from 2 to 366 is needed.");
  return days;
}
