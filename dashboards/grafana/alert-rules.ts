import { stringify } from "yaml";
import {
  stateFields as fields,
  stateMeasurements as measurements,
  none,
  stateTags as tags,
} from "../../ingest/stores/influxdb-state/index.ts";
import type { Words } from "./board.ts";
import { dataSource, dataSourceUid } from "./classic/data-source.ts";
import { aggregate, column, select } from "./influxql/select.ts";

/**
 * What Grafana watches: the platform itself, and sums that no single rule sees. Parcels, ponds and sheds are watched by the platform's own
 * rules, reading by reading; here is no second copy of them.
 */
interface AlertRule {
  /** Never changes: Grafana knows the rule by it. */
  readonly uid: string;
  readonly title: Words;
  readonly query: string;
  /** Fires above this value. */
  readonly above: number;
  /** How far back is looked, seconds. */
  readonly overSeconds: number;
  readonly forMinutes: number;
  /** What it means when there is no answer. */
  readonly whenNothing: "Alerting" | "OK";
}

/** A platform that is well writes every five minutes, so it has missed two. */
const missedSeconds = 15 * 60;
const folder = "Canhdong";
const orgId = 1;

export const alertRules: readonly AlertRule[] = [
  {
    uid: "canhdong-dead-man",
    title: { vi: "Canhdong không còn ghi số liệu", en: "Canhdong does not write any more" },
    query: select({
      columns: [`1 - ${aggregate("last", fields.pass)}`],
      from: measurements.service,
    }),
    above: 0,
    overSeconds: missedSeconds,
    forMinutes: 0,
    whenNothing: "Alerting",
  },
  {
    uid: "canhdong-store-behind",
    title: { vi: "Bản tin dồn lại, chưa ghi vào kho số liệu", en: "Uplinks pile up before the store" },
    query: select({
      columns: [aggregate("min", fields.waitingUplinks)],
      from: measurements.service,
    }),
    above: 10_000,
    overSeconds: missedSeconds,
    forMinutes: 10,
    whenNothing: "OK",
  },
  {
    uid: "canhdong-commune-silent",
    title: {
      vi: "Hơn 20 % thiết bị của một xã mất tín hiệu",
      en: "More than 20 % of a commune's devices are silent",
    },
    query: select({
      columns: [
        `last(${column(fields.silent)}) / last(${column(fields.devices)}) * 100 AS ${column(fields.share)}`,
      ],
      from: measurements.communes,
      // What stands nowhere is not missed.
      where: [`${column(tags.commune)} != '${none}'`],
      by: [tags.communeChoice],
    }),
    above: 20,
    overSeconds: missedSeconds,
    forMinutes: 30,
    whenNothing: "OK",
  },
];

/** The file of rules as Grafana's provisioning reads it. */
export function alertRulesFile(): string {
  const file = {
    apiVersion: 1,
    groups: [{ orgId, name: "canhdong", folder, interval: "1m", rules: alertRules.map(ruleIn) }],
  };
  // In these files a `$` begins the name of an environment variable, and two are one.
  return `# Written by: canhdong grafana build\n${stringify(file, { lineWidth: 0 }).replaceAll("$", "$$$$")}`;
}

function ruleIn({ uid, title, query, above, overSeconds, forMinutes, whenNothing }: AlertRule) {
  const relativeTimeRange = { from: overSeconds, to: 0 };
  return {
    uid,
    title: title.vi,
    condition: "C",
    for: `${forMinutes}m`,
    noDataState: whenNothing,
    execErrState: "Error",
    annotations: { summary: title.vi, description: title.en },
    labels: { source: "canhdong" },
    data: [
      {
        refId: "A",
        relativeTimeRange,
        datasourceUid: dataSourceUid,
        model: {
          refId: "A",
          datasource: dataSource,
          rawQuery: true,
          query,
          resultFormat: "time_series",
          intervalMs: 60_000,
          maxDataPoints: 1_000,
        },
      },
      {
        refId: "B",
        relativeTimeRange,
        datasourceUid: expressions,
        model: {
          refId: "B",
          datasource: { type: expressions, uid: expressions },
          type: "reduce",
          expression: "A",
          reducer: "last",
        },
      },
      {
        refId: "C",
        relativeTimeRange,
        datasourceUid: expressions,
        model: {
          refId: "C",
          datasource: { type: expressions, uid: expressions },
          type: "threshold",
          expression: "B",
          conditions: [{ evaluator: { type: "gt", params: [above] } }],
        },
      },
    ],
  };
}

/** Grafana's own name for what is reckoned from answers. */
export const expressions = "__expr__";
