/** One sample of one metric, in the words of the Prometheus text format. Samples of one name share help and type. */
export interface MetricSample {
  /** `canhdong_uplinks_total`: letters, digits and underscores; a unit and `_total` end the name. */
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge";
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

export const metricsContentType = "text/plain; version=0.0.4; charset=utf-8";

/**
 * The samples as Prometheus reads them (text exposition format 0.0.4): those of one name stand together under one
 * HELP and TYPE, as the format demands, in whatever order they came.
 */
export function metricsText(samples: readonly MetricSample[]): string {
  const families = Map.groupBy(samples, ({ name }) => name);
  return [...families.values()].map(familyText).join("");
}

function familyText(family: readonly MetricSample[]): string {
  const { name, help, type } = family[0]!;
  const head = `# HELP ${name} ${escaped(help)}\n# TYPE ${name} ${type}\n`;
  return (
    head + family.map(({ labels, value }) => `${name}${labelText(labels)} ${numberText(value)}\n`).join("")
  );
}

function labelText(labels: Readonly<Record<string, string>> = {}): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`,
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

const escaped = (text: string) => text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");

function numberText(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  if (value === Number.NEGATIVE_INFINITY) return "-Inf";
  return String(value);
}
