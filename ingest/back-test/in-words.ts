import type { Texts } from "../rules/index.ts";
import type { FiredEpisode } from "./back-test.ts";

/** How often something would have fired, in a sentence: `would have fired 14 times, 11 at night, 3 of them within a probe fault`. */
export function inWords(episodes: readonly FiredEpisode[]): Texts {
  const times = episodes.length;
  if (times === 0) return { vi: "lẽ ra không báo lần nào", en: "would not have fired" };
  const night = episodes.filter(({ atNight }) => atNight).length;
  const faulty = episodes.filter(({ withinProbeFault }) => withinProbeFault).length;
  return {
    vi: [
      `lẽ ra đã báo ${times} lần`,
      ...(night > 0 ? [`${night} lần vào ban đêm`] : []),
      ...(faulty > 0 ? [`${faulty} lần khi đầu đo có lỗi`] : []),
    ].join(", "),
    en: [
      `would have fired ${times === 1 ? "once" : `${times} times`}`,
      ...(night > 0 ? [`${night} at night`] : []),
      ...(faulty > 0 ? [`${faulty} of them within a probe fault`] : []),
    ].join(", "),
  };
}
