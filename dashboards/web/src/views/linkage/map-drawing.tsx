import type { LinkageMap, MapDevice } from "../../data/linkage.ts";
import { type Box, projection, roundLength } from "../../data/linkage-map.ts";
import { useLinkageWords } from "./use-linkage.ts";

const width = 1000;
const mostHeight = 1300;

/** Drawn from the register's own outlines and the devices' own positions: no tile comes from anywhere. */
export function MapDrawing({ map, box }: { map: LinkageMap; box: Box }) {
  const { l } = useLinkageWords();
  const { height, path, point, metresPerUnit } = projection(box, width);
  const shown = Math.min(height, mostHeight);
  return (
    <svg
      class="zone-map"
      viewBox={`0 ${(height - shown) / 2} ${width} ${shown}`}
      role="img"
      aria-label={l.mapLabel(map.zones.length, map.devices.length)}
    >
      {map.outlines.map(({ name, polygons }) => (
        <path key={name} class="outline" d={path(polygons)} vector-effect="non-scaling-stroke">
          <title>{name}</title>
        </path>
      ))}
      {map.zones.map(({ id, name, commune, polygons, models, iot }) => (
        <path
          key={id}
          class={`zone ${iot}`}
          d={path(polygons)}
          fill-rule="evenodd"
          vector-effect="non-scaling-stroke"
        >
          <title>
            {[name, commune, ...models, l.modelFinding[iot]].filter((part) => part !== null).join("\n")}
          </title>
        </path>
      ))}
      {map.devices.map((device) => {
        const [x, y] = point([device.longitude, device.latitude]);
        const finding = findingOf(device);
        return (
          <circle key={device.device} class={`map-device ${finding}`} cx={x} cy={y} r="9">
            <title>{`${device.label}: ${l.deviceFinding[finding]}`}</title>
          </circle>
        );
      })}
      <Scale metresPerUnit={metresPerUnit} y={(height + shown) / 2 - 24} />
    </svg>
  );
}

function findingOf({ counts }: MapDevice): "yes" | "no" | "none" {
  if (counts === null) return "none";
  return counts ? "yes" : "no";
}

/** A length that people can picture, at most a quarter of the width. */
function Scale({ metresPerUnit, y }: { metresPerUnit: number; y: number }) {
  const metres = roundLength((width / 4) * metresPerUnit);
  const text = metres >= 1000 ? `${metres / 1000} km` : `${metres} m`;
  return (
    <g class="scale">
      <path d={`M24 ${y - 10}v10h${metres / metresPerUnit}v-10`} vector-effect="non-scaling-stroke" />
      <text x={32} y={y - 14}>
        {text}
      </text>
    </g>
  );
}
