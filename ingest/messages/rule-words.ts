import { quantityOf } from "../../devices/index.ts";
import { spanInWords, valueInWords } from "../alerts/index.ts";
import type { LevelTerms, Texts } from "../rules/index.ts";

/**
 * When a level of a rule fires, in a line that a person can hold against their own experience: `dưới 3 mg/l suốt 30 phút; hết khi trở
 * lại 4 mg/l`.
 *
 * @param rule its kind, and the quantity in which its limits are
 */
export function levelInWords(
  { kind, quantity }: { readonly kind: string; readonly quantity: string | null },
  { limits }: Pick<LevelTerms, "limits">,
): Texts {
  const say = sayings[kind];
  if (say === undefined) throw new Error(`nobody has put rules of the kind ${kind} into words`);
  // Which of them are there, the schema of the kind has seen to.
  const known = limits as unknown as Limits;
  return joined([say(known, quantity ?? ""), ending(known, quantity ?? "")], "; ");
}

interface Sides {
  readonly above?: number;
  readonly atLeast?: number;
  readonly below?: number;
  readonly atMost?: number;
}

interface Leaf extends Sides {
  readonly quantity: string;
  readonly forMs?: number;
}
type Condition =
  | Leaf
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** Of all kinds of rules together; their schemas say which belong to which. */
interface Limits extends Sides {
  readonly clear?: number;
  readonly clearBy?: number;
  readonly forMs?: number;
  readonly forDays?: number;
  readonly withinMs: number;
  readonly risesBy?: number;
  readonly fallsBy?: number;
  readonly k: number;
  readonly n: number;
  readonly of: keyof typeof ofDay;
  readonly part: "day" | "night";
  readonly cropCoefficient: number;
  readonly totalAvailableMm: number;
  readonly when: Condition;
  readonly stuckForMs?: number;
  readonly stuckWithin: number;
  readonly believedFrom?: number;
  readonly believedTo?: number;
  readonly refusals: number;
  readonly intervals?: number;
  readonly afterMs?: number;
  readonly fewestDevices: number;
  readonly share: number;
}

type Saying = (limits: Limits, quantity: string) => Texts;

const sayings: Readonly<Record<string, Saying>> = {
  threshold: (limits, quantity) => spaced(beyond(limits, quantity), lasting(limits.forMs)),
  "outside-band": (limits, quantity) => spaced(outside(limits, quantity), lasting(limits.forMs)),
  "rate-of-change": ({ risesBy, fallsBy, withinMs }, quantity) => {
    const [verb, by] =
      risesBy === undefined
        ? [both("giảm quá", "falls by more than"), fallsBy!]
        : [both("tăng quá", "rises by more than"), risesBy];
    return spaced(verb, valueInWords(quantity, by), both("trong", "within"), spanInWords(withinMs));
  },
  "for-k-of-n": (limits, quantity) =>
    spaced(
      beyond(limits, quantity),
      both(
        `ở ít nhất ${limits.k} trong ${limits.n} lần đo gần nhất`,
        `in at least ${limits.k} of the last ${limits.n} readings`,
      ),
    ),
  "daily-aggregate": (limits, quantity) =>
    spaced(ofTheDay(limits), beyond(limits, quantity), daysRunning(limits)),
  depletion: (limits, quantity) =>
    spaced(
      both("nước trong đất đã hao", "water used up"),
      beyond(limits, quantity),
      lasting(limits.forMs),
      both(
        `(Kc ${numberIn("vi", limits.cropCoefficient)}, nước hữu dụng ${limits.totalAvailableMm} mm)`,
        `(Kc ${limits.cropCoefficient}, ${limits.totalAvailableMm} mm available in all)`,
      ),
    ),
  forecast: (limits, quantity) =>
    spaced(
      both("cứ đà này thì trong", "at this rate within"),
      spanInWords(limits.withinMs),
      both("nữa sẽ", "it will be"),
      beyond(limits, quantity),
    ),
  combination: ({ when, forMs }) => spaced(together(when), lasting(forMs)),
  "probe-fault": (limits, quantity) =>
    joined([stuck(limits, quantity), unbelieved(limits, quantity)], both(" hoặc ", " or ")),
  "device-silent": ({ intervals, afterMs }) => silence(intervals, afterMs),
  "gateway-silent": ({ fewestDevices, share, intervals, afterMs }) =>
    spaced(
      both(
        `từ ${Math.round(share * 100)}% thiết bị sau trạm thu (ít nhất ${fewestDevices} thiết bị)`,
        `${Math.round(share * 100)}% or more of the devices behind a gateway (at least ${fewestDevices})`,
      ),
      silence(intervals, afterMs),
    ),
};

function beyond({ above, atLeast, below, atMost }: Sides, quantity: string): Texts {
  const value = valueInWords(quantity, (above ?? atLeast ?? below ?? atMost)!);
  if (above !== undefined) return spaced(both("trên", "above"), value);
  if (below !== undefined) return spaced(both("dưới", "below"), value);
  return atLeast === undefined
    ? spaced(both("từ", ""), value, both("trở xuống", "or less"))
    : spaced(both("từ", ""), value, both("trở lên", "or more"));
}

function outside({ below, above }: Limits, quantity: string): Texts {
  const sides = [below === undefined ? null : { below }, above === undefined ? null : { above }];
  return joined(
    sides.map((side) => (side === null ? null : beyond(side, quantity))),
    both(" hoặc ", " or "),
  );
}

function lasting(forMs: number | undefined): Texts | null {
  return forMs === undefined || forMs === 0 ? null : spaced(both("suốt", "for"), spanInWords(forMs));
}

const ofDay = {
  min: both("thấp nhất", "lowest"),
  max: both("cao nhất", "highest"),
  mean: both("trung bình", "mean"),
  sum: both("tổng", "sum"),
  range: both("chênh lệch", "range"),
} as const;

function ofTheDay({ of, part }: Limits): Texts {
  const [vi, en] = part === "night" ? ["ban đêm", "of the night"] : ["trong ngày", "of the day"];
  return both(`${ofDay[of].vi} ${vi}`, `${ofDay[of].en} ${en}`);
}

function daysRunning({ forDays = 1 }: Limits): Texts | null {
  return forDays === 1 ? null : both(`${forDays} ngày liền`, `${forDays} days running`);
}

function together(condition: Condition): Texts {
  if ("all" in condition) return joined(condition.all.map(grouped), both(" và ", " and "));
  if ("any" in condition) return joined(condition.any.map(grouped), both(" hoặc ", " or "));
  if ("not" in condition) return spaced(both("không phải", "not"), grouped(condition.not));
  const { quantity, forMs } = condition;
  const { vi, en } = quantityOf(quantity)?.label ?? both(quantity, quantity);
  return spaced(both(small(vi), small(en)), beyond(condition, quantity), lasting(forMs));
}

/** What holds together is told apart from what it stands beside. */
function grouped(condition: Condition): Texts {
  const { vi, en } = together(condition);
  return "all" in condition || "any" in condition ? both(`(${vi})`, `(${en})`) : both(vi, en);
}

/** Within a sentence; an abbreviation stays as it is. */
function small(label: string): string {
  return /^\p{Lu}\p{Ll}/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

function stuck({ stuckForMs, stuckWithin }: Limits, quantity: string): Texts | null {
  if (stuckForMs === undefined) return null;
  const still = spaced(both("đứng yên", "does not move for"), spanInWords(stuckForMs));
  if (stuckWithin === 0) return still;
  return spaced(still, both("trong khoảng", "beyond"), valueInWords(quantity, stuckWithin));
}

function unbelieved({ believedFrom, believedTo, refusals }: Limits, quantity: string): Texts {
  const times = both(`${refusals} lần liền`, `${refusals} times running`);
  const bounds = {
    ...(believedFrom !== undefined && { below: believedFrom }),
    ...(believedTo !== undefined && { above: believedTo }),
  };
  if (Object.keys(bounds).length === 0)
    return spaced(times, both("báo trị số không thể có", "what cannot be"));
  return spaced(times, outside(bounds as Limits, quantity));
}

function silence(intervals: number | undefined, afterMs: number | undefined): Texts {
  const habit =
    intervals === undefined
      ? null
      : both(`${numberIn("vi", intervals)} lần chu kỳ gửi`, `${intervals} of its usual intervals`);
  const fixed = afterMs === undefined ? null : spanInWords(afterMs);
  const either = joined(
    [habit, fixed],
    both(" hoặc, khi chưa rõ chu kỳ, ", " or, where that is not known, "),
  );
  return spaced(both("không gửi gì quá", "silent for more than"), either);
}

function ending({ clear, clearBy }: Limits, quantity: string): Texts | null {
  if (clear !== undefined)
    return spaced(both("hết khi trở lại mức", "over at"), valueInWords(quantity, clear));
  if (clearBy === undefined || clearBy === 0) return null;
  return spaced(
    both("hết khi đã vào lại trong khoảng ít nhất", "over once inside by"),
    valueInWords(quantity, clearBy),
  );
}

function both(vi: string, en: string): Texts {
  return { vi, en };
}

function numberIn(language: keyof Texts, value: number): string {
  return new Intl.NumberFormat(language === "vi" ? "vi-VN" : "en-GB").format(value);
}

function spaced(...pieces: readonly (Texts | null)[]): Texts {
  return joined(pieces, " ");
}

function joined(pieces: readonly (Texts | null)[], between: string | Texts): Texts {
  const said = pieces.filter((piece) => piece !== null);
  const [vi, en] = typeof between === "string" ? [between, between] : [between.vi, between.en];
  const present = (texts: readonly string[]) => texts.filter((text) => text !== "");
  return {
    vi: present(said.map((piece) => piece.vi)).join(vi),
    en: present(said.map((piece) => piece.en)).join(en),
  };
}
