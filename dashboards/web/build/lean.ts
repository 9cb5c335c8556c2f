import type { Plugin } from "vite";

/**
 * What the page does without. uPlot hangs everything it can do on one object, which keeps the bundler from leaving anything
 * out. These of its functions are never asked for anything here: ours draw lines on plain axes without a legend, and the axis of
 * time is marked in the field's zone by our own code. Each is replaced by one that returns this, and a fifth of the library goes.
 */
const uPlotWithout: Readonly<Record<string, string>> = {
  stepped: "undefined",
  bars: "undefined",
  monotoneCubic: "undefined",
  join: "undefined",
  genTimeStuffs: "[[], [], () => undefined]",
  timeAxisStamps: "undefined",
  timeAxisVals: "undefined",
  timeAxisVal: "undefined",
  timeSeriesStamp: "undefined",
  timeSeriesVal: "undefined",
  fmtDate: "() => undefined",
  tzDate: "undefined",
  logAxisSplits: "undefined",
  asinhAxisSplits: "undefined",
  log10AxisValsFilt: "undefined",
  log2AxisValsFilt: "undefined",
  rangeLog: "undefined",
  rangeAsinh: "undefined",
  initLegendRow: "undefined",
  legendStroke: "undefined",
  legendFill: "undefined",
  numSeriesVal: "undefined",
  snapLogY: "undefined",
  snapAsinhY: "undefined",
};

export function leanUPlot(): Plugin {
  return {
    name: "canhdong-lean-uplot",
    apply: "build",
    transform: {
      filter: { id: /uPlot\.esm\.js$/ },
      handler: (code) => ({ code: withoutUnused(code), map: null }),
    },
  };
}

/** @throws when one of the functions is not there: then uPlot has changed, and with it perhaps what may be left out */
export function withoutUnused(code: string): string {
  return Object.entries(uPlotWithout).reduce((rest, [name, result]) => {
    const head = `function ${name}(`;
    if (!rest.includes(head))
      throw new Error(`uPlot has no function ${name} any more: look again at what can be left out`);
    // Nothing refers to the old one under its new name, so the bundler drops it.
    return rest.replace(head, `function ${name}() { return ${result}; }\nfunction unused_${name}(`);
  }, code);
}

/**
 * Vite wraps each lazy import in a kilobyte that first loads its style sheets. Ours has none: its styles come with the
 * page's, so that the chart never stands there unstyled.
 */
export function plainImport(): Plugin {
  return {
    name: "canhdong-plain-import",
    apply: "build",
    enforce: "pre",
    load: {
      filter: { id: /vite\/preload-helper\.js$/ },
      handler: () => "export const __vitePreload = (load) => load();",
    },
  };
}
