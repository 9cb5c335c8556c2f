import { z } from "zod";
import type { View } from "../access.ts";
import type { App } from "../app.ts";
import { type Caller, callerOf } from "../caller.ts";
import type { LinkageProblem, LinkageProblemKind } from "../linkage-office.ts";
import {
  ById,
  BySnapshot,
  CountQuery,
  Difference,
  LinkageChoices,
  LinkageMap,
  LinkageModelDetail,
  LinkageModels,
  LinkageScore,
  PlanQuery,
  Proposal,
  ReportQuery,
  Snapshot,
  Snapshots,
  Verification,
} from "../linkage-shapes.ts";
import { forbidden, HttpProblem } from "../problems.ts";
import type { RefusalCode } from "../refusal-shapes.ts";
import { type RouteParts, viewOf } from "./route-parts.ts";

const tags = ["linkage"];
const config = { access: "staff" } as const;

/** What every route of the count has; who may ask for it is the same. */
function asked<Schema extends object>(summary: string, schema: Schema) {
  return { config, schema: { tags, summary, ...schema } };
}

/** How many linkage models apply digital technology, why each counts or not, and the snapshots of it. */
export function linkageRoutes(app: App, parts: RouteParts): void {
  const { linkage, registry } = parts;

  app.get(
    "/linkage",
    asked("Plans and periods to choose from", { querystring: PlanQuery, response: { 200: LinkageChoices } }),
    (request) => answered(linkage.choices(request.query)),
  );

  app.get(
    "/linkage/score",
    asked("Each indicator of a plan with numerator, denominator, target and trend, and what lacks", {
      description: "The first count of a period may take some seconds.",
      querystring: CountQuery,
      response: { 200: LinkageScore },
    }),
    (request) => answered(linkage.score(request.query)),
  );

  app.get(
    "/linkage/models",
    asked("The linkage models, whether each counts and why", {
      querystring: CountQuery,
      response: { 200: LinkageModels },
    }),
    (request) => answered(linkage.models(request.query)),
  );

  app.get(
    "/linkage/models/:id",
    asked("One linkage model: its conditions, devices, days and hours", {
      params: ById,
      querystring: CountQuery,
      response: { 200: LinkageModelDetail },
    }),
    async (request) => {
      const { team, ...model } = await answered(linkage.model({ ...request.query, ...request.params }));
      const view = viewOf(parts, request);
      return {
        ...model,
        team: team.map((device) => {
          const readable = mayRead(device.device, view);
          return { ...device, label: labelOf(device.device), readable, days: readable ? device.days : [] };
        }),
      };
    },
  );

  app.get(
    "/linkage/map",
    asked("Zones, devices and communes of the linkage models", {
      querystring: CountQuery,
      response: { 200: LinkageMap },
    }),
    async (request) => {
      const { devices: counted, ...map } = await answered(linkage.map(request.query));
      const view = viewOf(parts, request);
      const verdicts = new Map(counted.map((one) => [one.device, one]));
      const seen = view.devices();
      const devices = seen.flatMap(({ id, label, latitude, longitude }) => {
        if (latitude === null || longitude === null) return [];
        const { model = null, counts = null } = verdicts.get(id) ?? {};
        return [{ device: id, label, model, counts, latitude, longitude }];
      });
      return { ...map, devices, devicesWithoutPosition: seen.length - devices.length };
    },
  );

  app.get(
    "/linkage/snapshots",
    asked("What was frozen, by whom, and what it said", { response: { 200: Snapshots } }),
    async (request) => ({
      mayConfirm: mayConfirm(callerOf(request)),
      snapshots: [...(await answered(linkage.snapshots()))],
      drafts: [...(await answered(linkage.drafts()))],
    }),
  );

  app.post(
    "/linkage/snapshots",
    asked("Proposes what was frozen at the cut-off, or freezes a count with everything it stood on", {
      body: Proposal,
      response: { 201: Snapshot },
    }),
    async (request, reply) => {
      const by = personWho(callerOf(request));
      const snapshot = await answered(linkage.propose({ ...request.body, by }));
      return reply.code(201).send(snapshot);
    },
  );

  app.post(
    "/linkage/snapshots/:id/confirm",
    asked("Confirms what another person has proposed", {
      description: "For administrators and officers of the whole province.",
      params: BySnapshot,
      response: { 200: Snapshot },
    }),
    async (request) => {
      const caller = callerOf(request);
      const by = personWho(caller);
      if (!mayConfirm(caller))
        throw forbidden("Only an administrator or an officer of the whole province may confirm a snapshot.");
      return answered(linkage.confirm({ ...request.params, by }));
    },
  );

  app.get(
    "/linkage/snapshots/:id/verification",
    asked("Whether what is kept is what was reported", {
      params: BySnapshot,
      response: { 200: Verification },
    }),
    (request) => answered(linkage.verify(request.params)),
  );

  app.get(
    "/linkage/snapshots/:id/difference",
    asked("What a revision says otherwise than the one before it", {
      params: BySnapshot,
      response: { 200: Difference },
    }),
    (request) => answered(linkage.difference(request.params)),
  );

  app.get(
    "/linkage/snapshots/:id/report",
    asked("The report of a snapshot as document, workbook, table or page; a draft until it is confirmed", {
      params: BySnapshot,
      querystring: ReportQuery,
      response: {
        200: {
          description: "The file",
          content: { "application/octet-stream": { schema: z.string().meta({ format: "binary" }) } },
        },
      },
    }),
    async (request, reply) => {
      const file = await answered(linkage.report({ ...request.params, ...request.query }));
      reply.type(file.type).header("content-disposition", `attachment; filename="${file.name}"`);
      return reply.send(Buffer.from(file.bytes) as never);
    },
  );

  const labelOf = (device: string) => registry.device(device)?.label ?? device;
}

/** Who sees everything sees also devices that were removed since. */
function mayRead(device: string, view: View): boolean {
  return view.everything || view.seesDevice(device);
}

/** A count is answered for by people: the command line on this machine is nobody in particular. */
function personWho({ person }: Caller): string {
  if (person === null) throw forbidden("Sign in as a person: two people answer for a snapshot.");
  return person.id;
}

/** The department confirms, for the whole province; an officer of some communes proposes. */
function mayConfirm({ role, person }: Caller): boolean {
  return person !== null && (role === "admin" || (role === "officer" && person.communes.length === 0));
}

const statuses: Readonly<Record<LinkageProblemKind, number>> = {
  "not-found": 404,
  invalid: 400,
  refused: 409,
};

/** A problem of the office as an answer. It may come from another thread, where an error keeps its name but not its class. */
export async function answered<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if ((error as Error).name !== "LinkageProblem") throw error;
    const { kind, code, message } = error as LinkageProblem;
    // Another thread's word: one of this set, or of the linkage room's own for snapshots.
    throw new HttpProblem(statuses[kind], { error: code as RefusalCode, message });
  }
}
