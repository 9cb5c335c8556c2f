import { useEffect, useState } from "preact/hooks";

type ChartModule = typeof import("./chart.tsx");

/** The drawing code, more than half of all our script, is fetched when the first chart is shown. */
export function useChart(): ChartModule | null {
  const [module, setModule] = useState<ChartModule | null>(null);
  useEffect(() => {
    let wanted = true;
    import("./chart.tsx").then(
      (loaded) => wanted && setModule(loaded),
      () => {}, // Without it the summary and the table still tell everything.
    );
    return () => {
      wanted = false;
    };
  }, []);
  return module;
}
