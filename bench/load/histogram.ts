/** A summary in the unit that was added, each quantile off by at most 1 %. */
export interface Summary {
  readonly count: number;
  readonly mean: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

export interface Histogram {
  add(value: number): void;
  /** The value that this share (0 to 1) of what was added does not exceed; 0 when nothing was. */
  quantile(share: number): number;
  summary(): Summary;
}

/** Buckets grow by 2 %: a value is known to ±1 %, and a hundred million of them take no more room than ten. */
const growth = 1.02;
const smallest = 0.001;
const buckets = 1300; // up to smallest × growth^1300, some 150 million

export function createHistogram(): Histogram {
  const counts = new Float64Array(buckets);
  const logGrowth = Math.log(growth);
  let [count, sum, max] = [0, 0, 0];

  function quantile(share: number): number {
    let left = Math.ceil(share * count);
    if (left <= 0) return 0;
    const bucket = counts.findIndex((inBucket) => {
      left -= inBucket;
      return left <= 0;
    });
    return Math.min(max, smallest * growth ** (bucket + 0.5));
  }

  return {
    add(value) {
      const bucket = value <= smallest ? 0 : Math.floor(Math.log(value / smallest) / logGrowth);
      counts[Math.min(buckets - 1, bucket)]! += 1;
      count += 1;
      sum += value;
      if (value > max) max = value;
    },
    quantile,
    summary: () => ({
      count,
      mean: rounded(count === 0 ? 0 : sum / count),
      p50: rounded(quantile(0.5)),
      p90: rounded(quantile(0.9)),
      p99: rounded(quantile(0.99)),
      p999: rounded(quantile(0.999)),
      max: rounded(max),
    }),
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
