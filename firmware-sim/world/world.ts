import { type SiteKind, siteOf } from "./kinds.ts";
import type { PaddyTraits } from "./paddy/paddy.ts";
import type { PondTraits } from "./pond/pond.ts";
import type { RiverTraits } from "./river/river.ts";
import type { ShedTraits } from "./shed/shed.ts";
import type { Site } from "./site.ts";
import type { SkyEvent } from "./sky/events.ts";
import { createWeather, type Weather } from "./sky/weather.ts";
import type { ParcelTraits } from "./soil/parcel.ts";

/** Where a node stands; nodes with the same place share what happens there. */
export interface SimulatedPlace {
  readonly id: string;
  /** Degrees north and east. */
  readonly latitude: number;
  readonly longitude: number;
  /** What is known of it, by the kind of site; the rest comes from the seed and the id. */
  readonly parcel?: Partial<ParcelTraits> | undefined;
  readonly paddy?: Partial<PaddyTraits> | undefined;
  readonly pond?: Partial<PondTraits> | undefined;
  readonly shed?: Partial<ShedTraits> | undefined;
  readonly river?: Partial<RiverTraits> | undefined;
}

export interface Spot {
  readonly weather: Weather;
  readonly site: Site;
}

export interface World {
  /** The sky and the site that a node of this kind meets at a place. */
  spot(place: SimulatedPlace, kind: SiteKind): Spot;
}

export interface SkyScript {
  /** What is ordered of the sky. Default: nothing. */
  readonly events?: readonly SkyEvent[] | undefined;
  /** Whether typhoons and foehn come by climate, too. Default: true. */
  readonly climateEvents?: boolean | undefined;
}

/** Places in the same square of this size live under one sky, computed once. */
const cellDegrees = 0.25;

/** All that happens whether or not somebody measures it. The same seed, start and script make the same world. */
export function createWorld(seed: number, startMs: number, script: SkyScript = {}): World {
  const weathers = new Map<string, Weather>();
  const sites = new Map<string, Site>();

  function weatherAt(place: SimulatedPlace): Weather {
    const latitude = Math.round(place.latitude / cellDegrees) * cellDegrees;
    const longitude = Math.round(place.longitude / cellDegrees) * cellDegrees;
    const where = `${latitude}/${longitude}`;
    const known = weathers.get(where) ?? createWeather({ seed, latitude, longitude, ...script });
    weathers.set(where, known);
    return known;
  }

  return {
    spot(place, kind) {
      const weather = weatherAt(place);
      const name = `${kind} ${place.id}`;
      const site = sites.get(name) ?? siteOf(kind, { seed, place, weather, startMs });
      sites.set(name, site);
      return { weather, site };
    },
  };
}
