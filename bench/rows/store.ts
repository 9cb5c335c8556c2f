import { join } from "node:path";
import type { Row } from "../row.ts";
import type { QueryTime, StoreFigures } from "../store/measure-store.ts";

const script = join(import.meta.dirname, "../store.ts");
const asTheTableAsks = 1e9;
/** Slow disks and busy machines included. */
const leastReadingsPerSecond = 40_000;

/** What a fleet of 2,000 nodes with five probes each leaves on the disk, and how long one waits for an answer out of it. */
export const store: Row = {
  name: "store",
  figures: [
    {
      key: "bytesPerReading",
      what: "bytes a reading on disk, a year later",
      unit: "B",
      atLeast: 3,
      aim: 2,
      better: "less",
    },
    queryFigure("latest", "latest of 10,000 series", 100, 5),
    queryFigure("week", "one week of one series in 500 buckets", 50, 10),
    queryFigure("hourlyMeans", "30 days of hourly means, 200 devices", 200, 60),
    queryFigure("completeness", "a quarter's completeness of 2,000 devices", 2_000, 500),
  ],
  limitSeconds: ({ readings }) => readings / leastReadingsPerSecond + 300,
  async run(stage, { readings }) {
    stage.say(`${readings.toLocaleString("en")} readings are written, sealed and asked for`);
    const figures = await stage.script<StoreFigures>(script, [
      "--json",
      `--readings=${readings}`,
      `--folder=${stage.folder()}`,
    ]);
    const { open, sealed } = figures;
    return {
      measured: {
        bytesPerReading: figures.bytesPerReading,
        latest: open.latest.medianMs,
        week: open.week.medianMs,
        hourlyMeans: open.hourlyMeans.medianMs,
        completeness: open.completeness.medianMs,
      },
      notes: [
        ...(figures.readings < asTheTableAsks
          ? [`the table asks at 1 billion readings; these were ${figures.readings.toLocaleString("en")}`]
          : []),
        `${figures.days.toFixed(1)} days of 2,000 devices with 5 quantities a minute, the last day still in the hot file`,
        ...Object.entries(open).map(([name, time]) =>
          queryNote(name, time, sealed[name as keyof typeof sealed]),
        ),
        `written at ${figures.writtenPerSecond}/s (longest write ${figures.longestWriteMs} ms), sealed at ${figures.sealedPerSecond}/s, ` +
          `${figures.sealedBytesPerReading} B without the roll-ups, at most ${figures.peakRssMb} MB resident`,
      ],
    };
  },
};

function queryFigure(key: keyof StoreFigures["open"], what: string, atLeast: number, aim: number) {
  return { key, what, unit: "ms", atLeast, aim, better: "less" as const };
}

function queryNote(name: string, open: QueryTime, sealed: QueryTime): string {
  const over =
    open.days < open.askedDays ? `over ${open.days.toFixed(1)} days instead of ${open.askedDays}` : "";
  return `${name} ${over}: median ${open.medianMs} ms, max ${open.maxMs} ms; all sealed: median ${sealed.medianMs} ms, max ${sealed.maxMs} ms`;
}
