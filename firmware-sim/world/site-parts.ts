import type { Weather } from "./sky/weather.ts";
import type { SimulatedPlace } from "./world.ts";

/** What a model of a site is made of. */
export interface SiteParts {
  readonly seed: number;
  readonly place: SimulatedPlace;
  readonly weather: Weather;
  readonly startMs: number;
}
