/** From a value to a place in the picture. */
export type Scale = (value: number) => number;

export function scale([from, to]: readonly [number, number], [low, high]: readonly [number, number]): Scale {
  const per = to === from ? 0 : (high - low) / (to - from);
  return (value) => low + (value - from) * per;
}

const mostSteps = 6;

/** Round numbers at equal distances that enclose both values. */
export function niceTicks(min: number, max: number): number[] {
  const rough = (max - min || Math.abs(max) || 1) / mostSteps;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough)!;
  const first = Math.floor(min / step);
  const last = Math.max(first + 1, Math.ceil(max / step));
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}
