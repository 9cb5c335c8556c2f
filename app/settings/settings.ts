import { z } from "zod";
import { brokerSettings } from "../../broker/broker-settings.ts";
import { quantities, quantityOf } from "../../devices/index.ts";
import { mqttIntakes } from "../../ingest/intake/mqtt/settings.ts";
import { notifiers } from "../../ingest/notifiers/index.ts";
import { tellingPolicy } from "../../ingest/recipients/index.ts";
import { chosenRules } from "../../ingest/rules/index.ts";
import { influxSettings } from "../../ingest/stores/influxdb/settings.ts";
import { httpSettings } from "../http/http-settings.ts";
import { linkageSettings } from "../linkage/linkage-settings.ts";

const days = z.number().int().min(1).max(36_500);

const quantityName = z.string().refine((name) => quantityOf(name) !== undefined, {
  error: ({ input }) =>
    `is not a quantity of the catalogue (${[...quantities.keys()].slice(0, 3).join(", ")} …): ${input}`,
});

/** The configuration file: the one place where its shape, its defaults and its explanations are written. */
export const settings = z.strictObject({
  data: z.string().min(1).default("./data").describe("Folder in which everything is kept."),
  broker: brokerSettings.prefault({}).describe("The MQTT broker: the front door for devices."),
  http: httpSettings.prefault({}).describe("The page, and the API behind it."),
  intakes: mqttIntakes
    .default([])
    .describe("Brokers of others whose messages are taken in, such as a ChirpStack's Mosquitto."),
  journal: z
    .strictObject({
      keepDays: days.default(30).describe("How long raw uplinks are kept, for re-decoding."),
      segmentMiB: z.number().int().min(1).max(1024).default(64).describe("Size of one journal file."),
    })
    .prefault({}),
  readings: z
    .strictObject({
      store: z
        .enum(["embedded", "influxdb"])
        .default("embedded")
        .describe("embedded: in this program, in the data folder. influxdb: in a database of its own."),
      influxdb: influxSettings.optional().describe("Where the InfluxDB is, for `store: influxdb`."),
      memoryMiB: z
        .number()
        .int()
        .min(64)
        .default(256)
        .describe("What the embedded database may hold in memory."),
      keepDays: z
        .record(quantityName, days)
        .default({})
        .describe("Quantities that are not kept for ever, such as radio.rssi: 90."),
    })
    .superRefine(({ store, influxdb }, context) => {
      if (store === "influxdb" && influxdb === undefined) {
        const message = "is missing: `store: influxdb` asks for it (docs/influxdb.md)";
        context.addIssue({ code: "custom", path: ["influxdb"], message });
      }
    })
    .prefault({}),
  quarantine: z
    .strictObject({
      keepDays: days.default(365),
      mostMiB: z
        .number()
        .int()
        .min(1)
        .default(1024)
        .describe("Above it the oldest entries go; each loss is logged."),
    })
    .prefault({}),
  rules: z
    .preprocess((written) => (typeof written === "string" ? [written] : written), chosenRules)
    .default([{ from: "starter" }])
    .describe("Packs of rules by name and files of one's own, each perhaps for some places only."),
  notifiers: notifiers.prefault({ log: { kind: "log" } }).describe("Who tells people about alerts, by name."),
  people: tellingPolicy.prefault({}).describe("Which people are told of alerts, when, and how much."),
  alerts: z
    .strictObject({
      keepDays: days.default(1095).describe("Resolved alerts, with their histories."),
      messagesKeepDays: days
        .default(180)
        .describe("To whom messages went. Personal data: no longer than needed."),
    })
    .prefault({}),
  linkage: linkageSettings
    .prefault({})
    .describe("The count of linkage models that apply digital technology, and what of it is open."),
  backups: z.string().min(1).default("./backups").describe("Folder into which backups are written."),
  log: z
    .strictObject({
      level: z.enum(["debug", "info", "warn", "error"]).default("info"),
      format: z
        .enum(["auto", "text", "json"])
        .default("auto")
        .describe("auto: text on a terminal, one JSON object a line otherwise."),
    })
    .prefault({}),
});
export type Settings = z.infer<typeof settings>;
