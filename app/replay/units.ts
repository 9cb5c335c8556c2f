import { quantityOf } from "../../devices/index.ts";

/** How a number in a file becomes one in the quantity's own unit: `value × factor + offset`. */
export interface Conversion {
  readonly factor: number;
  readonly offset: number;
}

export const unchanged: Conversion = { factor: 1, offset: 0 };

/** From units as files write them, by the catalogue's unit that they become. */
const conversions: Readonly<Record<string, Readonly<Record<string, Conversion>>>> = {
  Cel: {
    "°C": unchanged,
    C: unchanged,
    "°F": fahrenheit(),
    F: fahrenheit(),
    K: { factor: 1, offset: -273.15 },
  },
  "%": { "%RH": unchanged, "1": times(100) },
  hPa: {
    mbar: unchanged,
    mb: unchanged,
    kPa: times(10),
    Pa: times(0.01),
    psi: times(68.947573),
    inHg: times(33.863887),
  },
  kPa: {
    hPa: times(0.1),
    mbar: times(0.1),
    bar: times(100),
    psi: times(6.8947573),
    Pa: times(0.001),
    MPa: times(1000),
  },
  m: { cm: times(0.01), mm: times(0.001), ft: times(0.3048), in: times(0.0254) },
  cm: { m: times(100), mm: times(0.1), in: times(2.54) },
  mm: { cm: times(10), in: times(25.4) },
  "mm/h": { "in/h": times(25.4) },
  "uS/cm": { "µS/cm": unchanged, "mS/cm": times(1000), "dS/m": times(1000), "S/m": times(10_000) },
  "dS/m": { "mS/cm": unchanged, "µS/cm": times(0.001), "uS/cm": times(0.001), "S/m": times(10) },
  "{PSU}": { psu: unchanged, PSU: unchanged, "‰": unchanged, ppt: unchanged, "g/kg": unchanged },
  "{NTU}": { NTU: unchanged, FNU: unchanged },
  "[pH]": { pH: unchanged },
  "[ppm]": { ppm: unchanged, ppb: times(0.001), "%": times(10_000) },
  "mg/L": { "mg/l": unchanged, ppm: unchanged, "ug/L": times(0.001), "g/L": times(1000) },
  "ug/L": { "µg/L": unchanged, "mg/L": times(1000) },
  "m/s": { "km/h": times(1 / 3.6), mph: times(0.44704), kn: times(0.514444) },
  "W/m2": { "W/m²": unchanged, "kW/m2": times(1000) },
  "umol/(m2.s)": { "µmol/m²s": unchanged, "mmol/m2/15min": times(1000 / 900) },
  V: { mV: times(0.001) },
  "L/min": { "l/s": times(60), "m3/h": times(1000 / 60), "gal/min": times(3.785412) },
};

/** The conversion into the unit of a quantity; null when this unit cannot become it. */
export function conversionFrom(unit: string, quantity: string): Conversion | null {
  const canonical = quantityOf(quantity)?.unit;
  if (canonical === undefined) return null;
  return canonical === unit ? unchanged : (conversions[canonical]?.[unit] ?? null);
}

/** Units that can become the unit of a quantity, for messages. */
export function unitsFor(quantity: string): string[] {
  const canonical = quantityOf(quantity)?.unit ?? "";
  return [canonical, ...Object.keys(conversions[canonical] ?? {})];
}

/**
 * The number as it is sent. What a factor adds in binary dust is rounded away: 45.97 mS/cm is 45970 µS/cm, and not
 * 45970.00000000001.
 */
export function converted(value: number, { factor, offset }: Conversion): number {
  return factor === 1 && offset === 0 ? value : Number((value * factor + offset).toPrecision(12));
}

function times(factor: number): Conversion {
  return { factor, offset: 0 };
}

function fahrenheit(): Conversion {
  return { factor: 5 / 9, offset: -160 / 9 };
}
