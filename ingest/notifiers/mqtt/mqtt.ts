import { z } from "zod";
import { alertTopic } from "../../../devices/index.ts";
import { type Alert, DeliveryError } from "../../alerts/index.ts";
import type { CreateNotifier } from "../notifier-parts.ts";

/** Stands in the topic for the linkage model of a device that has none. */
const noModel = "none";

/**
 * Publishes the alerts of a device, retained on `canhdong/v1/alerts/{model}/{device}` while any of them is open: a siren or
 * a lamp that comes back after a power cut learns at once what holds. The message is always the whole of what is
 * open, so one alert that ends does not clear another; the last one leaves the topic empty.
 */
export const mqtt = z.strictObject({ kind: z.literal("mqtt") }).transform(
  (): CreateNotifier =>
    ({ publish }) => ({
      // In order: the last message published is the one that stays.
      atOnce: 1,
      async deliver({ alert, openOnDevice }) {
        const topic = topicOf(alert);
        const open = openOnDevice.filter((each) => topicOf(each) === topic);
        const payload =
          open.length === 0 ? "" : JSON.stringify({ device: alert.device, alerts: open.map(published) });
        await publish(topic, payload, { qos: 1, retain: true }).catch((cause: unknown) => {
          throw new DeliveryError("the broker did not take it", {
            failure: "unavailable",
            retryable: true,
            cause,
          });
        });
        return open.length === 0 ? `cleared ${topic}` : `${open.length} open on ${topic}`;
      },
    }),
);

function topicOf({ linkageModel, device }: Alert): string {
  // An id out of a registry may hold what a topic may not.
  return alertTopic((linkageModel ?? noModel).replace(/[+#/\0]/g, "_") || noModel, device);
}

/** What goes over the wire: no names of people, and times as the HTTP API writes them. */
function published(alert: Alert) {
  const { id, rule, severity, state, place, quantity, value, limit, title, advice, sinceMs, firedAtMs } =
    alert;
  return { id, rule, severity, state, place, quantity, value, limit, title, advice, sinceMs, firedAtMs };
}
