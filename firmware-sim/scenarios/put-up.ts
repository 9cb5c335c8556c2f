import type { Commune, PlaceWords } from "../farms/commune.ts";
import type { Farm } from "../farms/create-farm.ts";
import type { NodeKind } from "../node/probes.ts";
import type { SkyEvent } from "../world/sky/events.ts";
import {
  type Scenario,
  type ScenarioDeed,
  type ScenarioPlace,
  type ScenarioSky,
  startOf,
  troublesOf,
} from "./scenario.ts";

/** How often the truth of what is plotted is looked at. */
export const observedEveryMs = 10 * 60_000;

/**
 * Puts a scenario's farm up, and what will happen to it.
 * @throws when it names places or models that there are not
 */
export function putUp(farm: Farm, scenario: Scenario): void {
  const startMs = startOf(scenario);
  for (const { name, at: centre, gateways, places } of scenario.communes) {
    const commune = farm.commune(name, positionOf(centre));
    for (const gateway of gateways) commune.gateway(gateway);
    for (const place of places) putUpPlace(commune, place);
  }
  farm.sky(...scenario.sky.map((event) => skyEvent(event, startMs)));
  farm.suffers(...troublesOf(scenario).flatMap(({ trouble }) => (trouble === null ? [] : [trouble])));
  for (const deed of scenario.deeds)
    farm.at(startMs + deed.at, deed.place, (site) => act(site, deed, startMs));
  for (const { place, quantity } of scenario.plot) farm.observe(place, quantity, observedEveryMs);
}

function putUpPlace(commune: Commune, place: ScenarioPlace): void {
  const words = commune.place(place.kind as NodeKind, place.name, traitsOf(place));
  if (!place.tended) words.leftAlone();
  for (const { id, model, every, flashItems } of place.nodes) {
    words.watchedBy(model, {
      everyMs: every,
      ...(id !== undefined && { id }),
      ...(flashItems !== undefined && { flashItems }),
    });
  }
}

/** What the world is told of a place; what the file leaves out comes from the seed. */
function traitsOf(place: ScenarioPlace): PlaceWords {
  const {
    kind,
    at,
    crop,
    texture,
    practice,
    stock,
    stockKgHa,
    depthM,
    salinity,
    animal,
    heads,
    ageDays,
    seaKm,
  } = place;
  const traits = {
    soil: { parcel: given({ crop, texture }) },
    paddy: { paddy: given({ practice, sluiceKm: seaKm }) },
    pond: { pond: given({ stock, stockKgHa, depthM, salinity }) },
    shed: { shed: given({ animal, heads, startAgeDays: ageDays }) },
    river: { river: given({ seaKm }) },
    sluice: { river: given({ seaKm }) },
    weather: {},
  }[kind as NodeKind];
  return { ...traits, ...(at !== undefined && positionOf(at)) } as PlaceWords;
}

function given(fields: object): object {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function positionOf([latitude, longitude]: readonly [number, number]) {
  return { latitude, longitude };
}

function skyEvent(event: ScenarioSky, startMs: number): SkyEvent {
  if (event.kind === "typhoon") {
    const { landfall, ...rest } = event;
    return { ...rest, landfallMs: startMs + landfall };
  }
  const { from, for: lasts, ...rest } = event;
  return { ...rest, fromMs: startMs + from, toMs: startMs + from + lasts };
}

function act(
  site: { put(input: string, amount: number): void; switchOn(action: string, untilMs: number): void },
  { at, put = {}, switchOn, for: lasts = 0 }: ScenarioDeed,
  startMs: number,
): void {
  for (const [input, amount] of Object.entries(put)) site.put(input, amount);
  if (switchOn !== undefined) site.switchOn(switchOn, startMs + at + lasts);
}
