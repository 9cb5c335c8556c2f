import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { alertRulesFile, expressions } from "./alert-rules.ts";
import { buildBoards } from "./build-boards.ts";
import { dataSourceUid } from "./classic/data-source.ts";

export const provisioningFolder = join(import.meta.dirname, "provisioning");
export const rulesFileName = "alerting/rules.yaml";

/** Taken from the environment: `$NAME`, perhaps after a word such as `Token`. */
const fromEnvironment = z
  .string()
  .regex(/^([A-Za-z]+ )?\$[A-Z][A-Z0-9_]*$/, "must come from the environment");
const orgId = z.number().int().positive();

const dataSourcesFile = z.strictObject({
  apiVersion: z.literal(1),
  datasources: z.array(
    z.strictObject({
      name: z.string().min(1),
      uid: z.string().min(1),
      orgId,
      type: z.literal("influxdb"),
      access: z.literal("proxy"),
      url: fromEnvironment,
      isDefault: z.boolean(),
      editable: z.literal(false),
      user: fromEnvironment.optional(),
      jsonData: z.strictObject({
        version: z.literal("InfluxQL"),
        dbName: fromEnvironment,
        httpMode: z.enum(["GET", "POST"]),
        timeInterval: z.string().regex(/^\d+[smh]$/),
        httpHeaderName1: z.string().optional(),
      }),
      secureJsonData: z.record(z.string(), fromEnvironment),
    }),
  ),
});

const providersFile = z.strictObject({
  apiVersion: z.literal(1),
  providers: z.array(
    z.strictObject({
      name: z.string().min(1),
      orgId,
      folder: z.string().min(1),
      folderUid: z.string().min(1),
      type: z.literal("file"),
      allowUiUpdates: z.literal(false),
      disableDeletion: z.boolean(),
      updateIntervalSeconds: z.number().int().min(10),
      options: z.strictObject({ path: z.string().startsWith("/") }),
    }),
  ),
});

const contactsFile = z.strictObject({
  apiVersion: z.literal(1),
  contactPoints: z.array(
    z.strictObject({
      orgId,
      name: z.string().min(1),
      receivers: z
        .array(
          z.strictObject({
            uid: z.string().min(1),
            type: z.literal("email"),
            settings: z.strictObject({ addresses: fromEnvironment, singleEmail: z.boolean() }),
          }),
        )
        .min(1),
    }),
  ),
  policies: z.array(
    z.looseObject({
      orgId,
      receiver: z.string(),
      group_by: z.array(z.string()),
      repeat_interval: z.string(),
    }),
  ),
});

const rulesFile = z.looseObject({
  groups: z.array(
    z.looseObject({
      orgId,
      rules: z.array(
        z.looseObject({
          uid: z.string().max(40),
          condition: z.string(),
          data: z.array(z.looseObject({ refId: z.string(), datasourceUid: z.string() })),
        }),
      ),
    }),
  ),
});

/** What is wrong with the files that Grafana is set up by, each with its file. */
export function checkProvisioning(folder: string = provisioningFolder): string[] {
  const problems: string[] = [];
  const read = <S extends z.ZodType>(name: string, schema: S): z.output<S> | null => {
    const { data, error } = schema.safeParse(parse(readFileSync(join(folder, name), "utf8")));
    for (const { path, message } of error?.issues ?? [])
      problems.push(`${name}: ${path.join(".")}: ${message}`);
    return data ?? null;
  };
  const sources = read("datasources/canhdong.yaml", dataSourcesFile);
  const providers = read("dashboards/canhdong.yaml", providersFile);
  const contacts = read("alerting/contact-points.yaml", contactsFile);
  const rules = read(rulesFileName, rulesFile);
  if (sources && !sources.datasources.some(({ uid }) => uid === dataSourceUid))
    problems.push(`datasources/canhdong.yaml: no data source has the uid ${dataSourceUid}, which boards ask`);
  if (readFileSync(join(folder, rulesFileName), "utf8") !== alertRulesFile())
    problems.push(`${rulesFileName}: differs from what is built; canhdong grafana build writes it`);
  return [
    ...problems,
    ...(contacts ? unknownReceivers(contacts) : []),
    ...(rules ? brokenRules(rules) : []),
    ...(providers ? homeProblems(readFileSync(join(folder, "grafana.env"), "utf8"), providers) : []),
  ];
}

function unknownReceivers({ contactPoints, policies }: z.output<typeof contactsFile>): string[] {
  const names = contactPoints.map(({ orgId, name }) => `${orgId} ${name}`);
  return policies
    .filter(({ orgId, receiver }) => !names.includes(`${orgId} ${receiver}`))
    .map(({ receiver }) => `alerting/contact-points.yaml: no contact point is called ${receiver}`);
}

function brokenRules({ groups }: z.output<typeof rulesFile>): string[] {
  return groups
    .flatMap(({ rules }) => rules)
    .flatMap(({ uid, condition, data }) => [
      ...(data.some(({ refId }) => refId === condition) ? [] : [`${rulesFileName}: ${uid}: no ${condition}`]),
      ...data
        .filter(({ datasourceUid: source }) => source !== dataSourceUid && source !== expressions)
        .map(({ datasourceUid: source }) => `${rulesFileName}: ${uid}: no data source is called ${source}`),
    ]);
}

/** The board that everybody sees first is one of those that the provider reads. */
function homeProblems(environment: string, { providers }: z.output<typeof providersFile>): string[] {
  const home = /^GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH=(.*)$/m.exec(environment)?.[1] ?? "";
  const possible = providers.flatMap(({ options }) =>
    buildBoards().map(({ name }) => `${options.path}/${name}`),
  );
  return possible.includes(home) ? [] : [`grafana.env: the home board ${home} is none of the boards`];
}
