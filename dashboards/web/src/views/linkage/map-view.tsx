import { useState } from "preact/hooks";
import { type Asked, type CommuneRow, type LinkageMap, linkage } from "../../data/linkage.ts";
import { type Box, boxAround, panned, zoomed } from "../../data/linkage-map.ts";
import { Icon } from "../icons.tsx";
import { Empty, Shown } from "../notices.tsx";
import { usePage } from "../page.ts";
import { useLoaded } from "../use-loaded.ts";
import { MapDrawing } from "./map-drawing.tsx";
import { useLinkageWords } from "./use-linkage.ts";

/** Zones and devices where they are, and how the models of each commune stand. */
export function MapView({ asked }: { asked: Asked }) {
  const { api } = usePage();
  const [map, retry] = useLoaded(
    (signal) => linkage.map(api, asked, signal),
    [api, asked.plan, asked.period],
  );
  return <Shown of={map} blocks={2} retry={retry} draw={(data) => <DrawnMap map={data} />} />;
}

function DrawnMap({ map }: { map: LinkageMap }) {
  const { l, count } = useLinkageWords();
  const whole = boxAround([...map.zones.flatMap(({ polygons }) => polygons.flat(2)), ...devicePoints(map)]);
  const [box, setBox] = useState<Box | null>(whole);
  return (
    <>
      <section class="panel">
        <h2>{l.map}</h2>
        {whole === null || box === null ? (
          <Empty icon="pin">
            <p>{l.mapEmpty}</p>
          </Empty>
        ) : (
          <>
            <MapDrawing map={map} box={box} />
            <MapSteps box={box} whole={whole} onMove={setBox} />
            <Legend />
          </>
        )}
        {map.zonesWithoutOutline + map.devicesWithoutPosition > 0 && (
          <p class="soft">
            {l.withoutOutline(count(map.zonesWithoutOutline), count(map.devicesWithoutPosition))}
          </p>
        )}
        {map.outlinesSource !== null && <p class="soft">{l.outlinesFrom(map.outlinesSource)}</p>}
      </section>
      <Communes map={map} onShow={setBox} />
    </>
  );
}

interface MapStepsProps {
  readonly box: Box;
  readonly whole: Box;
  onMove(box: Box): void;
}

function MapSteps({ box, whole, onMove }: MapStepsProps) {
  const { l } = useLinkageWords();
  const steps = [
    ["←", l.panLeft, panned(box, -1, 0)],
    ["→", l.panRight, panned(box, 1, 0)],
    ["↑", l.panUp, panned(box, 0, 1)],
    ["↓", l.panDown, panned(box, 0, -1)],
    ["+", l.zoomIn, zoomed(box, 0.5)],
    ["−", l.zoomOut, zoomed(box, 2)],
  ] as const;
  return (
    <div class="steps">
      {steps.map(([sign, text, next]) => (
        <button
          key={sign}
          type="button"
          class="button square"
          aria-label={text}
          title={text}
          onClick={() => onMove(next)}
        >
          {sign}
        </button>
      ))}
      <button type="button" class="button" onClick={() => onMove(whole)}>
        {l.wholeMap}
      </button>
    </div>
  );
}

function devicePoints({ devices }: LinkageMap): number[][] {
  return devices.map(({ longitude, latitude }) => [longitude, latitude]);
}

function Legend() {
  const { l } = useLinkageWords();
  return (
    <ul class="legend">
      {(["yes", "no", "no-data"] as const).map((finding) => (
        <li key={finding}>
          <svg viewBox="0 0 20 14" aria-hidden="true">
            <rect class={`zone ${finding}`} x="1" y="1" width="18" height="12" />
          </svg>
          {l.legendZone}: {l.modelFinding[finding].toLowerCase()}
        </li>
      ))}
      {(["yes", "no", "none"] as const).map((finding) => (
        <li key={finding}>
          <svg viewBox="0 0 20 14" aria-hidden="true">
            <circle class={`map-device ${finding}`} cx="10" cy="7" r="5" />
          </svg>
          {l.legendDevice}: {l.deviceFinding[finding]}
        </li>
      ))}
    </ul>
  );
}

function Communes({ map, onShow }: { map: LinkageMap; onShow: (box: Box) => void }) {
  const { l } = useLinkageWords();
  if (map.communes.length === 0) return null;
  return (
    <section class="panel">
      <h2>{l.byCommune}</h2>
      <ul class="communes">
        {map.communes.map((row) => (
          <Commune key={row.code} row={row} box={boxOf(map, row)} onShow={onShow} />
        ))}
      </ul>
    </section>
  );
}

/** Around the zones of the commune; null when none of them has an outline. */
function boxOf({ zones }: LinkageMap, { name }: CommuneRow): Box | null {
  const here = zones.filter(({ commune }) => commune === name);
  return boxAround(here.flatMap(({ polygons }) => polygons.flat(2)));
}

interface CommuneProps {
  readonly row: CommuneRow;
  readonly box: Box | null;
  onShow(box: Box): void;
}

function Commune({ row, box, onShow }: CommuneProps) {
  const { l, count } = useLinkageWords();
  const facts = [
    [l.modelsColumn, row.models],
    [l.countedColumn, row.counted],
    [l.noDataColumn, row.noData],
    [l.zonesColumn, row.zones],
    [l.devicesColumn, row.devices],
  ] as const;
  return (
    <li>
      <h3>{row.name}</h3>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{count(value)}</dd>
          </div>
        ))}
      </dl>
      {box !== null && (
        <button type="button" class="button" onClick={() => onShow(box)}>
          <Icon name="pin" />
          {l.showOnMap}
          <span class="hidden-text"> {row.name}</span>
        </button>
      )}
    </li>
  );
}
