export {
  type BackTest,
  type BackTestParts,
  backTest,
  type FiredEpisode,
  type TestedDevice,
  TooMuchHistory,
} from "./back-test.ts";
export type { Episode } from "./episodes.ts";
export { inWords } from "./in-words.ts";
export { type PlotParts, plotOf } from "./plot.ts";
export { mostTold, type RuleSummary, summaryOf } from "./summary.ts";
