export {
  type ChosenRules,
  chosenRules,
  isPackName,
  loadRules,
  packNames,
  rulesTextOf,
} from "./load-rules.ts";
export { RulesError, type RulesProblem, type RulesText, readRuleFiles, readRules } from "./read-rules.ts";
export {
  type GatewayRule,
  type ReadingRule,
  type Rule,
  type Saved,
  type Severity,
  type SilenceRule,
  type Standing,
  severities,
  type Told,
  type Watcher,
} from "./rule.ts";
export { rule } from "./rule-kinds.ts";
export {
  notifiersFor,
  type Route,
  type RulesFile,
  route,
  rulesFile,
  unknownNotifiers,
} from "./rules-file.ts";
export { daysOfChange, stageByAge } from "./stages.ts";
export type { LevelTerms, RuleTerms } from "./terms.ts";
export { fillIn, type Language, languages, type Placeholder, type Texts } from "./texts.ts";
