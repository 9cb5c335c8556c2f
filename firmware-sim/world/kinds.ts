import { paddyModel } from "./paddy/paddy.ts";
import { pondModel } from "./pond/pond.ts";
import { riverModel } from "./river/river.ts";
import { sluiceModel } from "./river/sluice.ts";
import { shedModel } from "./shed/shed.ts";
import { createSite, type Site, type SiteModel } from "./site.ts";
import type { SiteParts } from "./site-parts.ts";
import { weatherStationModel } from "./sky/weather-station.ts";
import { parcelModel } from "./soil/parcel.ts";

function made<State>(model: (parts: SiteParts) => SiteModel<State>): (parts: SiteParts) => Site {
  return (parts) => createSite(model(parts), parts.weather, parts.startMs);
}

const kinds = {
  soil: made(parcelModel),
  paddy: made(paddyModel),
  pond: made(pondModel),
  shed: made(shedModel),
  river: made(riverModel),
  sluice: made(sluiceModel),
  weather: made(weatherStationModel),
} as const;

export type SiteKind = keyof typeof kinds;
export const siteKinds = Object.keys(kinds) as readonly SiteKind[];

export function siteOf(kind: SiteKind, parts: SiteParts): Site {
  return kinds[kind](parts);
}
