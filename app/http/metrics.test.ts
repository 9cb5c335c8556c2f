import { expect, test } from "vitest";
import { metricsText } from "./metrics.ts";

test("samples of one metric stand together under one head, in whatever order they came", () => {
  const a = { name: "a_total", help: "First.", type: "counter" } as const;
  const b = { name: "b", help: "Second.", type: "gauge" } as const;
  expect(
    metricsText([
      { ...a, labels: { reason: "x" }, value: 1 },
      { ...b, value: 0.5 },
      { ...a, labels: { reason: "y", place: "z" }, value: 2 },
    ]),
  ).toBe(
    '# HELP a_total First.\n# TYPE a_total counter\na_total{reason="x"} 1\na_total{reason="y",place="z"} 2\n' +
      "# HELP b Second.\n# TYPE b gauge\nb 0.5\n",
  );
});

test("quotes, backslashes and line breaks cannot break out of a label or a help text", () => {
  const text = metricsText([
    { name: "a", help: 'back\\slash\nand "quote"', type: "gauge", labels: { of: 'a"b\\c\nd' }, value: 1 },
  ]);
  expect(text).toBe('# HELP a back\\\\slash\\nand "quote"\n# TYPE a gauge\na{of="a\\"b\\\\c\\nd"} 1\n');
});

test("numbers are written as Prometheus reads them", () => {
  const values = [1e21, -0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const text = metricsText(values.map((value) => ({ name: "a", help: "", type: "gauge", value })));
  expect(text.split("\n").slice(2, 7)).toEqual(["a 1e+21", "a -0.5", "a NaN", "a +Inf", "a -Inf"]);
});

test("no samples are no text", () => {
  expect(metricsText([])).toBe("");
});
