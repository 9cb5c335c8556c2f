import type { Actor } from "../farms/timeline.ts";
import {
  type NodeTroubles,
  nodeTroubles,
  troublesByDevice,
  type Whereabouts,
} from "../faults/node-troubles.ts";
import type { Trouble, TroubleOf } from "../faults/trouble.ts";
import { type SimulatedDevice, SimulatedNode } from "../node/simulated-node.ts";
import { createWorld, type Spot, type World } from "../world/world.ts";
import { Schedule } from "./schedule.ts";

export interface FieldParts {
  readonly devices: readonly SimulatedDevice[];
  readonly seed: number;
  /** Simulated time at which it begins, milliseconds since 1970 UTC. */
  readonly startMs: number;
  readonly intervalMs: number;
  /** Share of days on which a node loses the network for 10 minutes to 6 hours. Default 0.15. */
  readonly outagesPerDay?: number | undefined;
  /** What a node's flash holds, in measurements. Default: two weeks, at most 20,000. */
  readonly flashItems?: number | undefined;
  /** What goes wrong, in simulated time. Default: nothing but outages. */
  readonly troubles?: readonly Trouble[] | undefined;
}

/** A node of another kind, which lives in the same world and the same time. */
export interface Dweller extends Actor {
  readonly device: SimulatedDevice;
  moveTo(spot: Spot): void;
}

export type SpotOf = World["spot"];

/** The world and its nodes in simulated time, without any network. The same parts make the same measurements. */
export interface Field {
  readonly nodes: readonly SimulatedNode[];
  /** What concerns each of them, in the same order. */
  readonly troubles: readonly NodeTroubles[];
  /**
   * Lets everything happen up to this time, in its order.
   * @param touched called with the index of each node at which something happened; dwellers come behind the nodes
   * @param isHeld asked before each step of a node or dweller; true stops time there
   * @returns the time reached
   */
  advanceTo(atMs: number, touched: (index: number) => void, isHeld?: (index: number) => boolean): number;
  /** To be called when a node was told something: it may be due earlier now. */
  reschedule(index: number): void;
}

const fortnightMs = 14 * 86_400_000;
const mostFlashItems = 20_000;

export function createField(
  parts: FieldParts,
  dwellersOf: (spotOf: SpotOf) => readonly Dweller[] = () => [],
): Field {
  const { devices, seed, startMs, intervalMs, outagesPerDay = 0.15 } = parts;
  const flashItems = parts.flashItems ?? Math.min(mostFlashItems, Math.ceil(fortnightMs / intervalMs));
  const world = createWorld(seed, startMs);
  const schedule = new Schedule();
  const mayConcern = troublesByDevice(parts.troubles ?? []);
  const troubles = devices.map((device) => nodeTroubles(whereaboutsOf(device), mayConcern(device.id)));
  const nodes = devices.map((device, i) => {
    const spot = world.spot(device.place, device.kind);
    const ofField = { seed, startMs, intervalMs, outagesPerDay, flashItems };
    return new SimulatedNode({ device, spot, ...ofField, troubles: troubles[i] });
  });
  const all: readonly Dweller[] = [...nodes, ...dwellersOf(world.spot)];
  const thefts = (parts.troubles ?? []).filter((each) => each.kind === "theft");
  const moves = all.map(({ device: { id } }) => movesOf(id, thefts, spotCalled));

  function spotCalled(name: string): Spot {
    const neighbour = all.find(({ device: { place } }) => place.id === name);
    if (neighbour !== undefined) return world.spot(neighbour.device.place, neighbour.device.kind);
    const known = [...new Set(all.map(({ device: { place } }) => place.id))].slice(0, 20).join(", ");
    throw new RangeError(`theft: there is no place called ${name}; there are ${known}`);
  }

  const reschedule = (index: number) => schedule.add(all[index]!.dueMs, index);
  for (const index of all.keys()) reschedule(index);

  return {
    nodes,
    troubles,
    reschedule,
    advanceTo(toMs, touched, isHeld = () => false) {
      while (schedule.nextMs <= toMs) {
        const { atMs, index } = schedule.take();
        const node = all[index]!;
        // It was due at another time when this entry was made.
        if (node.dueMs !== atMs) continue;
        if (isHeld(index)) {
          schedule.add(atMs, index);
          return atMs;
        }
        for (let next = moves[index]![0]; next !== undefined && next.atMs <= atMs; next = moves[index]![0]) {
          node.moveTo(next.spot);
          moves[index]!.shift();
        }
        node.proceed(atMs);
        reschedule(index);
        touched(index);
      }
      return toMs;
    },
  };
}

interface Move {
  readonly atMs: number;
  readonly spot: Spot;
}

/** Where thieves carry a node, in the order of time. */
function movesOf(
  device: string,
  thefts: readonly TroubleOf<"theft">[],
  spotCalled: (name: string) => Spot,
): Move[] {
  return thefts
    .filter((theft) => theft.device === device)
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ atMs, toPlace }) => ({ atMs, spot: spotCalled(toPlace) }));
}

/** A node's place, as troubles name it: by its id. */
export function whereaboutsOf({ id, place, commune }: SimulatedDevice): Whereabouts {
  return { device: id, place: place.id, commune: commune ?? null };
}
