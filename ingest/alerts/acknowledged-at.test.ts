import { expect, test } from "vitest";
import { createField, dry, hour, minute, noon, rulesOf } from "./test-field.ts";

test("every time that somebody took care of a device's alerts is known, however many alerts came since", () => {
  const field = createField({ rules: rulesOf([dry]) });
  const times: number[] = [];
  for (let nth = 0; nth < 1_020; nth++) {
    const atMs = noon + nth * 6 * hour;
    field.clock.nowMs = atMs;
    field.arrives({ receivedAtMs: atMs, readings: [{ value: 20 }] });
    field.takes();
    const [alert] = field.watch.alerts({ state: "open", device: "n1", limit: 1 });
    // Two of three are over before anybody saw them.
    if (nth % 3 === 0) {
      times.push(atMs + minute);
      field.watch.acknowledge(alert!.id, "can-bo-1", atMs + minute);
    }
    field.clock.nowMs = atMs + hour;
    field.arrives({ receivedAtMs: atMs + hour, readings: [{ value: 40 }] });
    field.takes();
  }
  const always = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER };
  expect(field.watch.acknowledgedAt("n1", always)).toEqual(times);
  expect(field.watch.acknowledgedAt("n2", always)).toEqual([]);
  const span = { fromMs: times[10]!, toMs: times[20]! };
  expect(field.watch.acknowledgedAt("n1", span)).toEqual(times.slice(10, 20));
}, 120_000);
