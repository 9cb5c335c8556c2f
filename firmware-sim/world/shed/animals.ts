/**
 * Heat, moisture and carbon dioxide of farm animals: 4th report of the CIGR working group on climatization of animal
 * houses (Pedersen and Sällvik 2002). One heat-producing unit (hpu) is 1,000 W of total heat at 20 °C.
 */
export type Animal = "broiler" | "pig" | "dairy";

export interface Husbandry {
  /** Weight of one on a day of its life in the shed, kg. */
  weightKg(ageDays: number): number;
  /** Days from housing to sale; the house is empty for some days then. Infinity where animals stay. */
  readonly batchDays: number;
  readonly emptyDays: number;
  /** Floor of the shed for each, m². */
  readonly floorM2: number;
  /** Temperature that the controller goes for, °C. */
  wantedC(ageDays: number): number;
  /** NH3 that one gives off in an hour at 20 °C on old litter or slurry, mg. */
  ammoniaMgH(weightKg: number): number;
  /** H2S of one, mg/h: from slurry mostly. */
  readonly sulphideMgH: number;
  /** Day's rhythm of heat: amplitude and the hour of its least (report, table 4). */
  readonly restlessness: number;
  readonly calmestHour: number;
  /** Light: on from, for so many hours, lx. */
  readonly lightFromHour: number;
  readonly lightHours: number;
  readonly lightLx: number;
}

export const husbandries: Readonly<Record<Animal, Husbandry>> = {
  broiler: {
    // Gompertz through 42 g at hatching and some 2.6 kg at six weeks.
    weightKg: (age) => 5.3 * Math.exp(-Math.exp(-0.0478 * (age - 33.0))) + 0.012,
    batchDays: 42,
    emptyDays: 10,
    floorM2: 0.08,
    wantedC: (age) => brooding(age),
    // Wheeler et al. (2006, Trans. ASABE 49:1495), by age: from 0.024 g a day for each day after the sixth on new litter to 0.038 g
    // for each day on litter used for years. So much at 20 °C runs between the two from the fourth week on.
    ammoniaMgH: (kg) => 16 * kg,
    sulphideMgH: 0.02,
    restlessness: 0.08,
    calmestHour: 0.1,
    lightFromHour: 4,
    lightHours: 18,
    lightLx: 25,
  },
  pig: {
    weightKg: (age) => Math.min(115, 20 + 0.75 * age),
    batchDays: 120,
    emptyDays: 7,
    floorM2: 1,
    wantedC: (age) => Math.max(21, 26 - 0.06 * age),
    ammoniaMgH: (kg) => 4.2 * kg,
    sulphideMgH: 9,
    restlessness: 0.43,
    calmestHour: 1.7,
    lightFromHour: 6,
    lightHours: 12,
    lightLx: 60,
  },
  dairy: {
    weightKg: () => 480,
    batchDays: Number.POSITIVE_INFINITY,
    emptyDays: 0,
    floorM2: 8,
    wantedC: () => 20,
    ammoniaMgH: (kg) => 2.2 * kg,
    sulphideMgH: 12,
    restlessness: 0.22,
    calmestHour: 2.9,
    lightFromHour: 5,
    lightHours: 15,
    lightLx: 120,
  },
};

/** What breeders write into their manuals: 33 °C for day-old chicks, 3 °C less a week, 20 °C at the end. */
function brooding(ageDays: number): number {
  return Math.max(20, 33 - (3 / 7) * ageDays);
}

const milkKgDay = 16;
const daysPregnant = 120;

/** Total heat of one at 20 °C, W. Report, equations for broilers, fattening pigs and cows. */
export function heatAt20W(animal: Animal, weightKg: number): number {
  const metabolic = weightKg ** 0.75;
  switch (animal) {
    case "broiler":
      return 10.62 * metabolic;
    case "pig": {
      // Fed three times what it would need to keep its weight.
      const growth = 1 - (0.47 + 0.003 * weightKg);
      return 5.09 * metabolic * (1 + growth * (3 - 1));
    }
    case "dairy":
      return 5.6 * metabolic + 22 * milkKgDay + 1.6e-5 * daysPregnant ** 3;
  }
}

/** How total heat falls with warmth, for each degree above 20 °C, and what of it warms the air, W/hpu. Report, chapter 3. */
const houses: Readonly<
  Record<Animal, { readonly perDegree: number; sensibleW(totalW: number, c: number): number }>
> = {
  broiler: { perDegree: 0.02, sensibleW: (totalW, c) => 0.61 * totalW - 0.228 * c ** 2 },
  pig: { perDegree: 0.012, sensibleW: (totalW, c) => 0.62 * totalW - 1.15e-7 * c ** 6 },
  dairy: { perDegree: 0.004, sensibleW: (totalW, c) => 0.71 * totalW - 0.408 * c ** 2 },
};

interface HeatOfAnimals {
  readonly sensibleW: number;
  readonly latentW: number;
}

/** Of all animals together. `hpu` counts them at 20 °C; `activity` is 1 on the day's average. */
export function heatOf(animal: Animal, hpu: number, airC: number, activity: number): HeatOfAnimals {
  const { perDegree, sensibleW } = houses[animal];
  // The fits end at 40 °C; there all heat goes with moisture.
  const c = Math.min(40, Math.max(0, airC));
  const totalW = 1000 * Math.max(0.5, 1 + perDegree * (20 - c));
  const sensible = Math.max(0, sensibleW(totalW, c));
  return { sensibleW: hpu * activity * sensible, latentW: hpu * activity * (totalW - sensible) };
}

/** CO2 of animals and their litter, m³/h for each hpu. Report, chapter 5. */
export const carbonDioxideM3HPerHpu = 0.185;

/** Share of the day's mean at an hour of the day: Pedersen and Sällvik, equation for diurnal animal activity. */
export function activityAt({ restlessness, calmestHour }: Husbandry, hour: number): number {
  return 1 - restlessness * Math.sin(((2 * Math.PI) / 24) * (hour + 6 - calmestHour));
}

/** Litter or slurry gives off so much more for each degree above 20 °C. Plausible, not measured. */
export function litterWarmth(airC: number): number {
  return 1.05 ** (Math.min(40, airC) - 20);
}

/** Litter comes two thirds of the way to giving off all it can in so many days. */
export const soilsInDays = 25;

/** How far litter or slurry is, so many days after it was fresh: from 0 to 1. */
export function soiledAfter(days: number): number {
  return 1 - 0.95 * Math.exp(-days / soilsInDays);
}

/** NH3 of one animal's place, mg/h. */
export function ammoniaOf(
  { ammoniaMgH }: Husbandry,
  { weightKg, airC, soiled }: { readonly weightKg: number; readonly airC: number; readonly soiled: number },
): number {
  return ammoniaMgH(weightKg) * litterWarmth(airC) * (0.1 + 0.9 * soiled);
}
