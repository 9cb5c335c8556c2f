/** How many of the kind's base unit one of this is: `times / over`, and for scales with another zero `+ plus`. */
export type Scale = number | readonly [times: number, over: number, plus?: number];

/**
 * Every unit that is understood, by kind; only units of one kind become one another. The first of a kind is its base. UCUM's
 * code first, then how nodes, gateways, files and SenML (RFC 8428 section 12.1, RFC 8798) write it.
 *
 * Decimal multiples and the inch (25.4 mm), foot (0.3048 m), mile (1609.344 m), nautical mile (1852 m), °F and the
 * US gallon (3.785411784 L) are exact by definition; psi and the conventional columns of mercury are NIST SP 811, appendix B.8.
 */
export const kinds: Readonly<Record<string, Readonly<Record<string, Scale>>>> = {
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
    ...alike(["mmHg", "mm[Hg]"], [1_333_224, 10_000]),
    ...alike(["inHg", "[in_i'Hg]"], [3_386_389, 1000]),
    ...alike(["psi", "[psi]"], [6_894_757, 1000]),
  },
  voltage: { mV: 1, V: 1000 },
  current: { mA: 1, A: 1000 },
  power: { mW: 1, W: 1000, kW: 1_000_000 },
  energy: { ...alike(["W.h", "Wh"], 1), ...alike(["kW.h", "kWh"], 1000) },
  mass: { g: 1, kg: 1000 },
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
    ...alike(["mph", "[mi_i]/h"], [44_704, 100_000]),
    ...alike(["kn", "kt", "kts", "[kn_i]"], [1852, 3600]),
  },
  angle: { ...alike(["deg", "°"], 1), rad: [180, Math.PI] },
  time: { ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 },
  light: { ...alike(["lx", "lux"], 1), ...alike(["klx", "klux"], 1000) },
  irradiance: { "W/m2": 1, "kW/m2": 1000 },
  photons: {
    ...alike(["umol/(m2.s)", "umol/m2/s", "umol/m2s"], 1),
    // Weather stations of estuarine reserves sum them up over a quarter of an hour.
    "mmol/m2/15min": [1000, 900],
  },
  rainfall: { ...alike(["mm/h", "mm/hr"], 1), ...alike(["in/h", "[in_i]/h"], [254, 10]) },
  flow: {
    ...alike(["L/min", "l/min"], 1),
    ...alike(["L/s", "l/s"], 60),
    "m3/h": [1000, 60],
    "m3/s": 60_000,
    ...alike(["gal/min", "[gal_us]/min"], [3_785_411_784, 1_000_000_000]),
  },
  volume: { ...alike(["L", "l"], 1), m3: 1000 },
  // Of gases by volume, of soil by mass. In water milligrams in a litre are another kind: what they weigh depends on the water.
  parts: { ...alike(["[ppb]", "ppb", "ug/kg"], 1), ...alike(["[ppm]", "ppm", "mg/kg"], 1000) },
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
  "power level": { ...alike(["dB{mW}", "dBm"], 1), dBW: [1, 1, 30] },
  gain: { dB: 1 },
};

function alike(names: readonly string[], scale: Scale): Readonly<Record<string, Scale>> {
  return Object.fromEntries(names.map((name) => [name, scale]));
}
