import { expect, test } from "vitest";
import { newsIn, type OpenAlerts, type PublishedAlert } from "./open-alerts.ts";

const topic = "canhdong/v1/alerts/none/ao-1";

const alert = (id: string, severity: PublishedAlert["severity"] = "warning"): PublishedAlert => ({
  id,
  rule: `rule-${id}`,
  severity,
  state: "firing",
});
const told = (...alerts: readonly PublishedAlert[]) => JSON.stringify({ device: "ao-1", alerts });

function after(...payloads: readonly string[]): OpenAlerts {
  return payloads.reduce<OpenAlerts>((known, payload) => newsIn(known, topic, payload).open, {});
}
const newsOf = (known: OpenAlerts, payload: string) =>
  newsIn(known, topic, payload).news.map(({ event, alert: { id } }) => `${event} ${id}`);

test("an alert that is new has fired; told again, as after a reconnection, it is no news", () => {
  expect(newsOf({}, told(alert("a")))).toEqual(["fired a"]);
  expect(newsOf(after(told(alert("a"))), told(alert("a")))).toEqual([]);
});

test("a second alert on the same device is news, the first is not", () => {
  expect(newsOf(after(told(alert("a"))), told(alert("a"), alert("b")))).toEqual(["fired b"]);
});

test("an alert that is missing is over, and the empty message ends all", () => {
  const both = after(told(alert("a"), alert("b")));
  expect(newsOf(both, told(alert("b")))).toEqual(["over a"]);
  expect(newsIn(both, topic, "")).toMatchObject({
    open: {},
    news: [
      { event: "over", alert: { id: "a", state: "resolved" } },
      { event: "over", alert: { id: "b", state: "resolved" } },
    ],
  });
});

test("graver is news, milder is not", () => {
  expect(newsOf(after(told(alert("a"))), told(alert("a", "critical")))).toEqual(["worsened a"]);
  expect(newsOf(after(told(alert("a", "critical"))), told(alert("a")))).toEqual([]);
});

test("devices do not end each other's alerts", () => {
  const { open } = newsIn(after(told(alert("a"))), "canhdong/v1/alerts/none/ao-2", told(alert("b")));
  expect(Object.keys(open)).toEqual([topic, "canhdong/v1/alerts/none/ao-2"]);
});
