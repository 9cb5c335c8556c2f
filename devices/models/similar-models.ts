import { models } from "./models.ts";

const mostSuggested = 3;

/** Names of models that somebody may have meant, the nearest first; none when nothing is near. */
export function similarModels(name: string): readonly string[] {
  const asked = name.toLowerCase();
  // Two slips in five letters (a pair that was swapped) are a typing error, more is another word.
  const farthest = Math.max(1, Math.floor(asked.length * 0.4));
  return models
    .map((model) => ({ name: model.name, slips: fewestSlips(asked, model.name) }))
    .filter(({ slips }) => slips <= farthest)
    .sort((a, b) => a.slips - b.slips)
    .slice(0, mostSuggested)
    .map((near) => near.name);
}

/** With or without the vendor; the beginning of a model's name is as good as the name. */
function fewestSlips(asked: string, full: string): number {
  const short = full.slice(full.indexOf("-") + 1);
  if (short.startsWith(asked) || full.startsWith(asked)) return 0;
  return Math.min(slips(asked, full), slips(asked, short));
}

/** Letters to add, to drop or to change (Levenshtein). */
function slips(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...a].entries()) {
    const line = [row + 1];
    for (let column = 1; column <= b.length; column++) {
      const change = (above[column - 1] as number) + (letter === b[column - 1] ? 0 : 1);
      line.push(Math.min(change, (above[column] as number) + 1, (line[column - 1] as number) + 1));
    }
    above = line;
  }
  return above[b.length] as number;
}
