import type { Position } from "../gateway/radio.ts";
import type { NodeKind } from "../node/probes.ts";
import type { PondTraits } from "../world/pond/pond.ts";
import type { ShedTraits } from "../world/shed/shed.ts";
import type { ParcelTraits } from "../world/soil/parcel.ts";
import type { SimulatedPlace } from "../world/world.ts";
import { freeId, idOf, knownModel, ownFirmware, type Plan, type PlannedPlace } from "./plan.ts";

export interface NodeWords {
  /** Default: the place's id and a number. */
  readonly id?: string;
  /** How often it measures. Default 20 minutes. */
  readonly everyMs?: number;
  /** What its flash holds, in measurements. Default 2,000. */
  readonly flashItems?: number;
  /** Of instruments that look down on water. Default 250. */
  readonly mountingHeightCm?: number;
}

/** What the world is told of a place, beside where it is. */
export type PlaceWords = Omit<SimulatedPlace, "id" | "latitude" | "longitude"> & Partial<Position>;

const usualEveryMs = 20 * 60_000;
const usualFlashItems = 2_000;
const usualMountingHeightCm = 250;

/** A place with words for what stands there. */
export class PlaceInWords {
  readonly #plan: Plan;
  readonly #place: PlannedPlace;

  constructor(plan: Plan, place: PlannedPlace) {
    this.#plan = plan;
    this.#place = place;
  }

  /** What grows on a parcel. */
  planted(crop: ParcelTraits["crop"]): this {
    return this.#told({ parcel: { ...this.#place.world.parcel, crop } });
  }

  /** What swims in a pond, and how much of it a hectare. */
  stockedWith(stock: PondTraits["stock"], stockKgHa?: number): this {
    const kg = stockKgHa === undefined ? {} : { stockKgHa };
    return this.#told({ pond: { ...this.#place.world.pond, stock, ...kg } });
  }

  /** What lives in a shed. */
  housing(heads: number, animal: ShedTraits["animal"], startAgeDays?: number): this {
    const age = startAgeDays === undefined ? {} : { startAgeDays };
    return this.#told({ shed: { ...this.#place.world.shed, heads, animal, ...age } });
  }

  /** Nobody irrigates, aerates or shuts a gate here. */
  leftAlone(): this {
    const { parcel, paddy, pond, shed, river } = this.#place.world;
    const isTended = false;
    return this.#told({
      parcel: { ...parcel, isTended },
      paddy: { ...paddy, isTended },
      pond: { ...pond, isTended },
      shed: { ...shed, isTended },
      river: { ...river, isTended },
    });
  }

  #told(more: Partial<SimulatedPlace>): this {
    this.#place.world = { ...this.#place.world, ...more };
    return this;
  }

  /**
   * Puts a node up: `node` (own firmware, speaks MQTT) or a LoRaWAN model such as `lse01`, which needs a gateway within reach.
   * @throws when the model cannot be simulated, or the id is taken
   */
  watchedBy(model: string = ownFirmware, words: NodeWords = {}): this {
    const id = words.id ?? `${this.#place.id}-${this.#place.nodes.length + 1}`;
    this.#place.nodes.push({
      id: freeId(id, this.#plan),
      model: knownModel(model),
      everyMs: words.everyMs ?? usualEveryMs,
      flashItems: words.flashItems ?? usualFlashItems,
      mountingHeightCm: words.mountingHeightCm ?? usualMountingHeightCm,
    });
    return this;
  }
}

/** Hundreds of metres between the places of a commune, where nothing else is said. */
const spreadDegrees = 0.004;

/** A commune: what stands in it, and where. */
export class Commune {
  readonly name: string;
  readonly #plan: Plan;
  readonly #centre: Position;

  constructor(name: string, centre: Position, plan: Plan) {
    this.name = name;
    this.#centre = centre;
    this.#plan = plan;
  }

  parcel(name: string, words: PlaceWords = {}): PlaceInWords {
    return this.place("soil", name, words);
  }

  paddy(name: string, words: PlaceWords = {}): PlaceInWords {
    return this.place("paddy", name, words);
  }

  pond(name: string, words: PlaceWords = {}): PlaceInWords {
    return this.place("pond", name, words);
  }

  shed(name: string, words: PlaceWords = {}): PlaceInWords {
    return this.place("shed", name, words);
  }

  /** A gauge in the river, so many km from the sea. */
  river(name: string, seaKm: number, words: PlaceWords = {}): PlaceInWords {
    return this.place("river", name, { ...words, river: { ...words.river, seaKm } });
  }

  /** The canal behind a sluice there. */
  sluice(name: string, seaKm: number, words: PlaceWords = {}): PlaceInWords {
    return this.place("sluice", name, { ...words, river: { ...words.river, seaKm } });
  }

  weatherStation(name: string, words: PlaceWords = {}): PlaceInWords {
    return this.place("weather", name, words);
  }

  /** A gateway that forwards LoRaWAN frames, in the middle of the commune when nothing else is said. */
  gateway(name: string, position: Position = this.#centre): this {
    this.#plan.gateways.push({ name, commune: this.name, ...position });
    return this;
  }

  place(kind: NodeKind, name: string, words: PlaceWords): PlaceInWords {
    const id = idOf(name);
    if (this.#plan.places.some((place) => place.id === id)) {
      throw new Error(`${name}: there is a place with this name already`);
    }
    const world = { ...this.#positionOfNext(), ...words, id };
    const place = { id, name, kind, commune: this.name, world, nodes: [] };
    this.#plan.places.push(place);
    return new PlaceInWords(this.#plan, place);
  }

  /** Around the centre on a spiral, so that no two places are one. */
  #positionOfNext(): Position {
    const n = this.#plan.places.filter(({ commune }) => commune === this.name).length;
    const [angle, distance] = [n * 2.4, spreadDegrees * Math.sqrt(n)];
    return {
      latitude: Number((this.#centre.latitude + distance * Math.sin(angle)).toFixed(5)),
      longitude: Number((this.#centre.longitude + distance * Math.cos(angle)).toFixed(5)),
    };
  }
}
