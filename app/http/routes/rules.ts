import type { FastifyReply } from "fastify";
import { ArmingError } from "../../../ingest/alerts/index.ts";
import {
  type BackTest,
  backTest,
  inWords,
  mostTold,
  plotOf,
  summaryOf,
  TooMuchHistory,
} from "../../../ingest/back-test/index.ts";
import {
  type Language,
  packNames,
  type Rule,
  RulesError,
  type RulesFile,
  type RulesText,
  readRuleFiles,
  rulesTextOf,
  type Texts,
} from "../../../ingest/rules/index.ts";
import { standingsOf } from "../../standing.ts";
import type { View } from "../access.ts";
import type { App } from "../app.ts";
import { callerOf } from "../caller.ts";
import type { RuleArming } from "../http-parts.ts";
import { badRequest, forbidden, HttpProblem, notFound } from "../problems.ts";
import { createRuleInfos, wordInfo } from "../rule-infos.ts";
import {
  ArmingHistory,
  ArmingInput,
  ByRule,
  PackList,
  type RuleInfo,
  RuleList,
  RulesTest,
  RulesTestAnswer,
} from "../rules-shapes.ts";
import { askedDevices } from "../spans.ts";
import { type RouteParts, viewOf } from "./route-parts.ts";

const tags = ["alerts"];
/** Half a minute's work on a small machine: a year of ten devices with a reading a minute. */
const mostReadings = 5_000_000;
const mostEpisodes = 1_000;

/** The packs of rules that come along, and what rules would have done with what was measured. */
export function rulesRoutes(app: App, parts: RouteParts): void {
  const { store, registry, arming, rules: here = { rules: [], unarmed: [] } } = parts;
  const infos = createRuleInfos(parts);
  let testing = false;
  /** They never change while the server runs, and reading them takes a second on a small machine. */
  let packs: readonly Pack[] | undefined;

  app.get(
    "/rules",
    {
      config: { access: "staff" },
      schema: {
        tags,
        summary: "The rules of this installation, and what each of them watches",
        response: { 200: RuleList },
      },
    },
    async (request) => ({ rules: infoOfHere(viewOf(parts, request)) }),
  );

  app.get(
    "/rules/packs",
    {
      config: { access: "staff" },
      schema: { tags, summary: "The packs of rules that come along", response: { 200: PackList } },
    },
    async (request) => {
      packs ??= packNames.map(readPack);
      const view = viewOf(parts, request);
      return { packs: packs.map(({ name, about, file }) => ({ name, about, rules: infoOf(file, view) })) };
    },
  );

  app.post(
    "/rules/:rule/arming",
    {
      config: { access: "staff" },
      schema: {
        tags,
        summary: "Arms a rule of this installation, or disarms it",
        description: "For administrators and officers of the whole installation: a rule holds everywhere.",
        params: ByRule,
        body: ArmingInput,
        response: { 200: RuleList },
      },
    },
    async (request) => {
      const view = viewOf(parts, request);
      if (!view.everything) throw forbidden("A rule holds for everybody: ask an administrator.");
      const { armed, reason = null } = request.body;
      sayOrRefuse({ rule: request.params.rule, armed, reason, who: callerOf(request).id });
      return { rules: infoOfHere(view) };
    },
  );

  app.get(
    "/rules/:rule/arming",
    {
      config: { access: "staff" },
      schema: {
        tags,
        summary: "Who armed and disarmed a rule, when, and why",
        params: ByRule,
        response: { 200: ArmingHistory },
      },
    },
    async (request) => ({
      words: (arming?.history(request.params.rule) ?? []).map((word) => wordInfo(registry, word)),
    }),
  );

  app.post(
    "/rules/test",
    {
      config: { access: "staff" },
      schema: {
        tags,
        summary: "How often rules would have fired with what was measured",
        body: RulesTest,
        response: { 200: RulesTestAnswer },
      },
    },
    async (request, reply) => {
      const { rule: names, here: ofHere, language } = request.body;
      const view = viewOf(parts, request);
      const { rules, unarmed } = ofHere ? here : readAsked(request.body);
      const all = [...rules, ...unarmed];
      const tested = names === undefined ? all : names.map((name) => namedOf(all, name));
      const test = await oneAtATime(() => run(tested, request.body, view, reply));
      const told = infos.all(tested, (rule) => rules.includes(rule), view);
      return answerOf(tested, told, test, await plot(test, language));
    },
  );

  function infoOfHere(view: View): RuleInfo[] {
    const standings = arming?.standings();
    const isArmed = (rule: Rule) => standings?.get(rule.name)?.armed ?? here.rules.includes(rule);
    return infos.all([...here.rules, ...here.unarmed], isArmed, view);
  }

  function infoOf({ rules, unarmed }: Pick<RulesFile, "rules" | "unarmed">, view: View): RuleInfo[] {
    return infos.all([...rules, ...unarmed], (rule) => rules.includes(rule), view);
  }

  function sayOrRefuse(word: Parameters<RuleArming["say"]>[0]): void {
    if (arming === undefined) throw notFound("rule");
    try {
      arming.say(word);
    } catch (error) {
      if (!(error instanceof ArmingError)) throw error;
      throw new HttpProblem(error.code === "no-such-rule" ? 404 : 400, {
        error: error.code,
        message: error.message,
      });
    }
  }

  async function run(
    rules: readonly Rule[],
    { device, fromMs, toMs }: RulesTest,
    view: View,
    reply: FastifyReply,
  ): Promise<BackTest> {
    // What a device measured on another's land before is the other's to see.
    const devices = askedDevices(device, view).map((id) => ({
      id,
      stood: standingsOf(view.device(id), registry).map(({ fromMs: stoodFromMs, standing }) => ({
        fromMs: Math.max(stoodFromMs, view.visibleFromMs(id)),
        standing,
      })),
    }));
    try {
      const signal = untilGone(reply);
      return await backTest({ store, rules, devices, fromMs, toMs, mostReadings, signal });
    } catch (error) {
      if (!(error instanceof TooMuchHistory)) throw error;
      throw new HttpProblem(400, { error: "too-much-history", message: error.message });
    }
  }

  /** A back-test reads what a hundred charts do: two at once would be felt by everybody. */
  async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    if (testing) {
      const message = "Another test of rules is running; try again in a few seconds.";
      throw new HttpProblem(503, { error: "busy", message }, 5_000);
    }
    testing = true;
    try {
      return await work();
    } finally {
      testing = false;
    }
  }

  async function plot(test: BackTest, language: Language): Promise<RulesTestAnswer["plot"]> {
    const shown = mostTold(test);
    if (shown === null) return null;
    const { device, quantity } = shown;
    const span = { fromMs: test.fromMs, toMs: test.toMs };
    const buckets = await store.series({ device, quantity, ...span, buckets: 800 });
    const episodes = test.episodes.filter((each) => each.device === device && each.quantity === quantity);
    const title = `${registry.device(device)?.label ?? device}: ${inWords(episodes)[language]}`;
    return { device, quantity, svg: plotOf({ ...span, title, quantity, language, buckets, episodes }) };
  }
}

/** @throws 400 with every problem of the rules */
function readAsked({ pack, text }: RulesTest): RulesFile {
  return readOr400(text === undefined ? packText(pack!) : { file: "rules", text });
}

function packText(pack: string): RulesText {
  if (packNames.includes(pack)) return rulesTextOf(pack);
  throw badRequest("body.pack", `there is no pack ${pack}; GET /api/v1/rules/packs lists them`);
}

function readOr400(text: RulesText): RulesFile {
  try {
    return readRuleFiles([text], null);
  } catch (error) {
    if (!(error instanceof RulesError)) throw error;
    const details = error.problems.map(({ line, path, message }) => ({
      path: `line ${line}${path === "" ? "" : `, ${path}`}`,
      message,
    }));
    throw new HttpProblem(400, { error: "invalid", message: error.message, details });
  }
}

function namedOf(rules: readonly Rule[], name: string): Rule {
  const found = rules.find((rule) => rule.name === name);
  if (found) return found;
  throw badRequest(
    "body.rule",
    `no rule is called ${name}; there are: ${rules.map((rule) => rule.name).join(", ")}`,
  );
}

interface Pack {
  readonly name: string;
  readonly about: Texts | null;
  readonly file: RulesFile;
}

function readPack(name: string): Pack {
  const file = readRuleFiles([rulesTextOf(name)], null);
  return { name, about: file.about ?? null, file };
}

function answerOf(
  rules: readonly Rule[],
  told: readonly RuleInfo[],
  test: BackTest,
  plot: RulesTestAnswer["plot"],
): RulesTestAnswer {
  const summaries = new Map(summaryOf(test, rules).map((summary) => [summary.name, summary]));
  return {
    readings: test.readings,
    devices: test.devices,
    words: inWords(test.episodes),
    rules: told.flatMap((info) => {
      const summary = summaries.get(info.name);
      return summary === undefined ? [] : [{ ...info, ...summary }];
    }),
    leftOut: [...test.leftOut],
    episodes: test.episodes.slice(0, mostEpisodes),
    plot,
  };
}

/** Whoever asked may go away before the answer. */
function untilGone(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  return gone.signal;
}
