/** A unit, as `value × times / over + plus` in the base of its kind. Whole numbers, so that 28200 µS/cm is 28.2 dS/m. */
interface Unit {
  readonly kind: string;
  readonly times: number;
  readonly over: number;
  readonly plus: number;
}

type Scale = number | readonly [times: number, over: number, plus?: number];

/** By kind, the first unit is the base. UCUM's code first, then how nodes, gateways and SenML (RFC 8428, 8798) write it. */
const kinds: Readonly<Record<string, Readonly<Record<string, Scale>>>> = {
  temperature: {
    ...alike(["Cel", "°C", "℃", "C", "degC", "celsius"], 1),
    ...alike(["[degF]", "°F", "℉", "F", "degF", "fahrenheit"], [5, 9, -160 / 9]),
    K: [1, 1, -273.15],
  },
  conductivity: {
    ...alike(["uS/cm", "us/cm"], 1),
    ...alike(["dS/m", "mS/cm", "ms/cm"], 1000),
    "uS/m": [1, 100],
    "mS/m": 10,
    "S/m": 10_000,
    "S/cm": 1_000_000,
  },
  share: {
    ...alike(["%", "%RH", "%EL", "/100", "percent", "pct"], 1),
    ...alike(["1", "/", "EL"], 100),
    "/1000": [1, 10],
  },
  pressure: {
    Pa: 1,
    ...alike(["hPa", "mbar", "mb"], 100),
    kPa: 1000,
    bar: 100_000,
    MPa: 1_000_000,
    ...alike(["mmHg", "mm[Hg]"], [133_322_387, 1_000_000]),
    ...alike(["inHg", "[in_i'Hg]"], [33_863_887, 10_000]),
    ...alike(["psi", "[psi]"], [68_947_573, 10_000]),
  },
  voltage: { mV: 1, V: 1000 },
  current: { mA: 1, A: 1000 },
  power: { mW: 1, W: 1000, kW: 1_000_000 },
  energy: { "W.h": 1, Wh: 1, "kW.h": 1000, kWh: 1000 },
  length: {
    mm: 1,
    cm: 10,
    m: 1000,
    km: 1_000_000,
    ...alike(["in", "[in_i]"], [254, 10]),
    ...alike(["ft", "[ft_i]"], [3048, 10]),
  },
  speed: {
    "m/s": 1,
    ...alike(["km/h", "kmh", "kph"], [10, 36]),
    mph: [44_704, 100_000],
    ...alike(["kn", "kt", "kts"], [1852, 3600]),
  },
  angle: { ...alike(["deg", "°"], 1), rad: [180, Math.PI] },
  time: { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 },
  light: { ...alike(["lx", "lux"], 1), ...alike(["klx", "klux"], 1000) },
  irradiance: { "W/m2": 1, "kW/m2": 1000 },
  photons: alike(["umol/(m2.s)", "umol/m2/s", "umol/m2s"], 1),
  rainfall: { "mm/h": 1, "mm/hr": 1, "in/h": [254, 10] },
  flow: {
    ...alike(["L/min", "l/min"], 1),
    ...alike(["L/s", "l/s"], 60),
    "m3/h": [1000, 60],
    "m3/s": 60_000,
  },
  volume: { ...alike(["L", "l"], 1), m3: 1000 },
  "parts by volume": { ...alike(["[ppb]", "ppb"], 1), ...alike(["[ppm]", "ppm"], 1000) },
  "mass in a volume": {
    "ug/m3": 1,
    "mg/m3": 1000,
    ...alike(["ug/L", "ug/l"], 1000),
    ...alike(["mg/L", "mg/l"], 1_000_000),
    ...alike(["g/L", "g/l", "kg/m3"], 1_000_000_000),
  },
  turbidity: alike(["{NTU}", "NTU", "FNU"], 1),
  acidity: alike(["[pH]", "pH"], 1),
  salinity: alike(["{PSU}", "PSU", "psu", "‰", "ppt", "g/kg"], 1),
  power_level: { ...alike(["dB{mW}", "dBm"], 1), dBW: [1, 1, 30] },
  gain: { dB: 1 },
};

const units: ReadonlyMap<string, Unit> = new Map(
  Object.entries(kinds).flatMap(([kind, scales]) =>
    Object.entries(scales).map(([name, scale]) => [name, unitOf(kind, scale)]),
  ),
);

/** Behind the twelfth digit is what binary fractions leave of 37.0 °C. */
const digits = 12;

/**
 * A value in another unit; null when there is no way from the one to the other.
 *
 * @param from as a device or a gateway writes it: `°F`, `µS/cm`, `/`
 * @param to UCUM code of the catalogue
 */
export function convert(value: number, from: string, to: string): number | null {
  if (from === to) return value;
  const source = units.get(from) ?? units.get(plainUnit(from));
  const target = units.get(to);
  if (source === undefined || target === undefined || source.kind !== target.kind) return null;
  const inBase = (value * source.times) / source.over + source.plus - target.plus;
  // In one division, where there is no offset: what is exact stays exact.
  const converted =
    source.plus === 0 && target.plus === 0
      ? (value * source.times * target.over) / (source.over * target.times)
      : (inBase * target.over) / target.times;
  return Number(converted.toPrecision(digits));
}

/** Whether anybody could mean a unit by this. */
export function isUnit(text: string): boolean {
  return units.has(text) || units.has(plainUnit(text));
}

/** Without what only print needs: `µmol·m⁻²` is not attempted, `W/m²` and `µS / cm` are. */
function plainUnit(text: string): string {
  return text.replaceAll(/[µμ]/g, "u").replaceAll("²", "2").replaceAll("³", "3").replaceAll(/\s/g, "");
}

function unitOf(kind: string, scale: Scale): Unit {
  const [times, over, plus = 0] = typeof scale === "number" ? [scale, 1] : scale;
  return { kind, times, over, plus };
}

function alike(names: readonly string[], scale: Scale): Readonly<Record<string, Scale>> {
  return Object.fromEntries(names.map((name) => [name, scale]));
}
