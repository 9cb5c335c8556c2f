import type { Registry } from "../../devices/index.ts";
import { createFleet, type FleetDevice, type NodeKind } from "../../firmware-sim/index.ts";
import type { Canhdong } from "../open-canhdong.ts";
import { type DemoPlace, demoPlaces } from "./demo-farm.ts";

const intervalMs = 10_000;
/** The nodes begin in the past and catch up in a minute, so that the charts have something to show. */
const historyMs = 12 * 3_600_000;
const catchUpSpeed = 3_600;
const seed = 2026;

const kindOfNode: Record<DemoPlace["kind"], NodeKind> = { parcel: "soil", pond: "pond", shed: "shed" };

/** Puts the demonstration's farm into the registry and its nodes into the field. Returns the way to stop them. */
export async function openDemo(
  { registry, broker }: Canhdong,
  now: () => number,
): Promise<() => Promise<void>> {
  const devices = registry.atomically(() => demoPlaces.flatMap((place) => settle(registry, place, now())));
  const fleet = createFleet({
    devices,
    broker: { host: "127.0.0.1", port: broker.mqttPort },
    seed,
    startMs: now() - historyMs,
    intervalMs,
    speed: catchUpSpeed,
    now,
  });
  fleet.start();
  return async () => void (await fleet.stop());
}

/** The nodes of one place, each with a secret that works from now on. */
function settle(registry: Registry, place: DemoPlace, nowMs: number): FleetDevice[] {
  const { nodes, ...fields } = place;
  if (registry.place(place.id) === undefined) registry.addPlace(fields, nowMs - historyMs);
  return Array.from({ length: nodes }, (_, n) => {
    const id = `${place.id}-${n + 1}`;
    const kind = kindOfNode[place.kind];
    return { id, kind, place, secret: secretOf(registry, { id, kind, place, number: n + 1 }, nowMs) };
  });
}

function secretOf(
  registry: Registry,
  node: { readonly id: string; readonly kind: NodeKind; readonly place: DemoPlace; readonly number: number },
  nowMs: number,
): string {
  const { id, kind, place, number } = node;
  if (registry.device(id) !== undefined) return registry.rotateSecret(id, nowMs);
  const { latitude, longitude } = place;
  const label = `${place.name}, nút ${number}`;
  const added = registry.addDevice(
    { id, label, model: `${kind}-node`, intervalMs, latitude, longitude },
    nowMs - historyMs,
  );
  registry.moveDevice(id, place.id, nowMs - historyMs, nowMs);
  return added.secret;
}
