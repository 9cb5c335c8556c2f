/**
 * pH from alkalinity and inorganic carbon: the equilibria of carbonic acid (Stumm and Morgan 1996, Aquatic Chemistry,
 * chapter 4). Salt makes ions easier to part with; that is taken into account by Davies' activity coefficients,
 * which leaves the pH of sea water some 0.2 too high, and that of ponds of up to 20 ‰ less.
 */

interface Carbonates {
  /** meq/L */
  readonly alkalinityMeqL: number;
  /** CO2, HCO3 and CO3 together, mmol/L. */
  readonly carbonMmolL: number;
}

interface Constants {
  readonly k1: number;
  readonly k2: number;
  readonly kw: number;
}

/** By temperature: Harned and Davis (1943), Harned and Scholes (1941), Harned and Hamer (1933). */
export function carbonateConstants(temperatureC: number, salinity: number): Constants {
  const t = temperatureC + 273.15;
  const ionic = (19.92 * salinity) / (1000 - 1.005 * salinity);
  const root = Math.sqrt(ionic);
  // log10 of the activity coefficient of a single charge (Davies 1962); a double one has four times that.
  const single = -0.5 * (root / (1 + root) - 0.3 * ionic);
  return {
    k1: 10 ** -(3404.71 / t + 0.032786 * t - 14.8435 + single),
    k2: 10 ** -(2902.39 / t + 0.02379 * t - 6.498 + 3 * single),
    kw: 10 ** -(4470.99 / t + 0.01706 * t - 6.0875 + single),
  };
}

/** pH, 4 to 11; `nearPh` is where to begin to look. */
export function phOf(
  { alkalinityMeqL, carbonMmolL }: Carbonates,
  constants: Constants,
  nearPh: number,
): number {
  const { k1, k2, kw } = constants;
  const alkalinity = alkalinityMeqL / 1000;
  const carbon = carbonMmolL / 1000;
  let ph = nearPh;
  for (let turn = 0; turn < 30; turn++) {
    const h = 10 ** -ph;
    const denominator = h * h + k1 * h + k1 * k2;
    const fromCarbon = (carbon * (k1 * h + 2 * k1 * k2)) / denominator;
    const surplus = fromCarbon + kw / h - h - alkalinity;
    // How alkalinity rises with pH: Newton's step, held to one unit.
    const risesBy =
      Math.LN10 *
      (kw / h + h + (carbon * k1 * h * (h * h + 4 * k2 * h + k1 * k2)) / (denominator * denominator));
    const move = Math.min(1, Math.max(-1, surplus / risesBy));
    ph = Math.min(11, Math.max(4, ph - move));
    if (Math.abs(move) < 1e-6) break;
  }
  return ph;
}

/** Dissolved CO2, mmol/L. */
export function carbonDioxideMmolL({ carbonMmolL }: Carbonates, { k1, k2 }: Constants, ph: number): number {
  const h = 10 ** -ph;
  return (carbonMmolL * h * h) / (h * h + k1 * h + k1 * k2);
}

/** What dissolves under the open air (420 ppm), mmol/L: Plummer and Busenberg (1982, Geochim. Cosmochim. Acta 46:1011). */
export function carbonDioxideInBalanceMmolL(temperatureC: number): number {
  const t = temperatureC + 273.15;
  const logHenry = 108.3865 + 0.01985076 * t - 6919.53 / t - 40.45154 * Math.log10(t) + 669365 / t ** 2;
  return 1000 * 10 ** logHenry * 420e-6;
}
