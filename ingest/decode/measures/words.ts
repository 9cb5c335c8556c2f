import { convert, quantities } from "../../../devices/index.ts";

/** Where the probe of an instrument is: what its "temperature" is the temperature of. */
export type Medium = "air" | "soil" | "water";

/** A quantity that somebody called by another name. */
export interface Named {
  readonly quantity: string;
  /** The unit that was in the name (`battery_mv`); null when none was: then the catalogue's is meant. */
  readonly unit: string | null;
}

/** Model names in the registry by which the owner of a plain probe says what it is in. */
const probes: ReadonlyMap<string, Medium> = new Map([
  ["air-probe", "air"],
  ["soil-probe", "soil"],
  ["water-probe", "water"],
]);

/** The medium that a device's model tells; null when it tells none. */
export function mediumOf(model: string | undefined): Medium | null {
  return probes.get(model ?? "") ?? null;
}

type Word = string | Partial<Record<Medium, string>>;

/** Folded words (see `folded`) and what they mean, where need be by medium. Nothing here that could be something else. */
const words: Readonly<Record<string, Word>> = {
  ...alike(["temperature", "temp"], {
    air: "air.temperature",
    soil: "soil.temperature",
    water: "water.temperature",
  }),
  ...alike(["humidity", "relativehumidity", "rh"], { air: "air.relativeHumidity", soil: "soil.moisture" }),
  airtemp: "air.temperature",
  soiltemp: "soil.temperature",
  watertemp: "water.temperature",
  airhumidity: "air.relativeHumidity",
  ...alike(["moisture", "vwc", "soilvwc", "soilhumidity"], "soil.moisture"),
  ...alike(["ec", "conductivity", "electricalconductivity"], { soil: "soil.ec", water: "water.ec" }),
  soilconductivity: "soil.ec",
  waterconductivity: "water.ec",
  ph: { soil: "soil.pH", water: "water.ph" },
  ...alike(["pressure", "barometricpressure"], { air: "air.pressure", water: "water.pressure" }),
  dewpoint: "air.dewPoint",
  vpd: "air.vapourPressureDeficit",
  ...alike(["co2", "carbondioxide"], "air.co2"),
  ...alike(["nh3", "ammonia"], { air: "air.nh3", water: "water.ammonia" }),
  h2s: { air: "air.h2s", water: "water.h2s" },
  ...alike(["ch4", "methane"], "air.ch4"),
  pm25: "air.pm25",
  pm10: "air.pm10",
  ...alike(["light", "lux", "illuminance", "illuminancelux", "lightintensity"], "air.lightIntensity"),
  par: "light.par",
  ...alike(["irradiance", "solarirradiance", "solarradiation"], "light.solarIrradiance"),
  ...alike(["uv", "uvindex"], "light.uvIndex"),
  ...alike(["do", "dissolvedoxygen"], "water.dissolvedOxygen"),
  orp: "water.orp",
  turbidity: "water.turbidity",
  salinity: "water.salinity",
  tds: "water.tds",
  distance: "water.distance",
  batteryvoltage: "power.battery",
  ...alike(["vbat", "vbatt"], "power.battery"),
  ...alike(["batterylevel", "batterypercentage", "soc"], "power.batteryPercent"),
  voltage: "power.voltage",
  current: "power.current",
  power: "power.active",
  energy: "power.energy",
  rssi: "radio.rssi",
  snr: "radio.snr",
  uptime: "device.uptime",
  devicetemperature: "device.temperature",
};

const longestName = 64;

/** The catalogue's own names, folded: `soil_moisture` and `soilMoisture` are soil.moisture. */
const catalogue: ReadonlyMap<string, string> = new Map(
  [...quantities.keys()].map((name) => [folded(name), name]),
);

/** Units at the end of a name, folded. Not `m` and `s`, which end words. */
const unitEndings: ReadonlyMap<string, string> = new Map([
  ["c", "Cel"],
  ["f", "[degF]"],
  ["uscm", "uS/cm"],
  ["mscm", "mS/cm"],
  ["dsm", "dS/m"],
  ["hpa", "hPa"],
  ["kpa", "kPa"],
  ["mv", "mV"],
  ["v", "V"],
  ["mm", "mm"],
  ["cm", "cm"],
  ["ppm", "[ppm]"],
  ["mgl", "mg/L"],
  ["lux", "lx"],
  ["pct", "%"],
  ["percent", "%"],
]);

/**
 * The quantity that a name means: one of the catalogue however it is spelt, or a usual word. A word that could be of the
 * air, the soil or the water is of the air, as everywhere in home automation, unless `medium` says otherwise.
 *
 * @returns null when nobody can know
 */
export function quantityNamed(name: string, medium: Medium | null): Named | null {
  if (quantities.has(name)) return { quantity: name, unit: null };
  const parts = partsOf(name);
  const whole = meaning(parts.join(""), medium);
  if (whole !== null) return { quantity: whole, unit: null };
  for (const length of [1, 2]) {
    const unit = unitEndings.get(parts.slice(-length).join(""));
    const word = parts.slice(0, -length).join("");
    if (unit === undefined) continue;
    const quantity = word === "battery" ? batteryIn(unit) : meaning(word, medium);
    if (quantity !== null) return { quantity, unit };
  }
  return null;
}

/** `battery` alone is volts to one vendor and percent to the next; above 5 no single cell has volts. */
export function batteryNamed(value: number): Named {
  const unit = value > 5 ? "%" : "V";
  return { quantity: batteryIn(unit), unit };
}

/** The quantity that a battery's value in this unit is. */
export function batteryIn(unit: string): string {
  return convert(1, unit, "%") === null ? "power.battery" : "power.batteryPercent";
}

function meaning(word: string, medium: Medium | null): string | null {
  const own = catalogue.get(word);
  if (own !== undefined) return own;
  const found = Object.hasOwn(words, word) ? words[word] : undefined;
  if (found === undefined || typeof found === "string") return found ?? null;
  return found[medium ?? "air"] ?? null;
}

/** `soilTemp_C` → soil, temp, c */
function partsOf(name: string): readonly string[] {
  if (name.length > longestName) return [];
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== "");
}

function folded(name: string): string {
  return partsOf(name).join("");
}

function alike(names: readonly string[], word: Word): Readonly<Record<string, Word>> {
  return Object.fromEntries(names.map((name) => [name, word]));
}
