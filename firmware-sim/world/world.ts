import type { NodeKind } from "../node/probes.ts";
import { parcelModel } from "./parcel.ts";
import { pondModel } from "./pond.ts";
import { shedModel } from "./shed.ts";
import { createSite, type Site, type SiteModel } from "./site.ts";
import { createWeather, type Weather } from "./weather.ts";

/** Where a node stands; nodes with the same place share what happens there. */
export interface SimulatedPlace {
  readonly id: string;
  /** Degrees north and east. */
  readonly latitude: number;
  readonly longitude: number;
}

export interface Spot {
  readonly weather: Weather;
  readonly site: Site;
}

export interface World {
  /** The sky and the site that a node of this kind meets at a place. */
  spot(place: SimulatedPlace, kind: NodeKind): Spot;
}

/** All that happens whether or not somebody measures it. The same seed and start make the same world. */
export function createWorld(seed: number, startMs: number): World {
  const weathers = new Map<string, Weather>();
  const sites = new Map<string, Site>();

  function weatherAt({ latitude, longitude }: SimulatedPlace): Weather {
    const where = `${latitude}/${longitude}`;
    const known = weathers.get(where) ?? createWeather({ seed, latitude, longitude });
    weathers.set(where, known);
    return known;
  }

  return {
    spot(place, kind) {
      const weather = weatherAt(place);
      const name = `${kind} ${place.id}`;
      const site = sites.get(name) ?? createSite(modelOf(kind, seed, place, weather), startMs);
      sites.set(name, site);
      return { weather, site };
    },
  };
}

function modelOf(kind: NodeKind, seed: number, place: SimulatedPlace, weather: Weather): SiteModel {
  switch (kind) {
    case "soil":
      return parcelModel(seed, place.id, place.longitude, weather);
    case "pond":
      return pondModel(seed, place.id, weather);
    case "shed":
      return shedModel(seed, place.id, place.longitude, weather);
  }
}
