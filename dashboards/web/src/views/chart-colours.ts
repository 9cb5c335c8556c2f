/** The page's own colours, read where the drawing stands: a canvas knows nothing of style sheets. */
export function chartColours(element: HTMLElement) {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--chart-${name}`).trim();
  return {
    line: colour("line"),
    band: colour("band"),
    grid: colour("grid"),
    text: colour("text"),
    gap: colour("gap"),
    limit: colour("limit"),
  };
}

export type ChartColours = ReturnType<typeof chartColours>;
