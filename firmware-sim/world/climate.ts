/**
 * Monthly means of air temperature (°C) and rain (mm), January first, rounded after the national climate normals: close
 * enough for a plausible day, not a source to cite.
 */
interface Normals {
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly temperature: readonly number[];
  readonly rain: readonly number[];
}

const stations: readonly Normals[] = [
  {
    name: "Hải Dương",
    latitude: 20.9,
    longitude: 106.3,
    temperature: [16.5, 17.5, 20.2, 23.9, 27.2, 29.0, 29.2, 28.6, 27.4, 24.9, 21.6, 18.0],
    rain: [22, 25, 45, 90, 180, 230, 240, 280, 200, 120, 50, 22],
  },
  {
    name: "Hà Tĩnh",
    latitude: 18.35,
    longitude: 105.9,
    temperature: [17.8, 18.5, 21.0, 24.6, 28.0, 29.7, 29.9, 28.9, 26.9, 24.4, 21.6, 18.7],
    rain: [95, 65, 55, 60, 150, 140, 120, 230, 510, 690, 350, 160],
  },
  {
    name: "Huế",
    latitude: 16.4,
    longitude: 107.6,
    temperature: [20.0, 20.9, 23.2, 26.0, 28.3, 29.3, 29.4, 28.9, 27.1, 25.1, 23.0, 20.8],
    rain: [130, 65, 45, 60, 110, 110, 95, 110, 390, 780, 600, 310],
  },
  {
    name: "Pleiku",
    latitude: 13.98,
    longitude: 108.0,
    temperature: [19.0, 20.7, 22.7, 24.1, 24.0, 23.0, 22.4, 22.2, 22.3, 21.7, 20.7, 19.3],
    rain: [3, 7, 28, 95, 225, 357, 453, 493, 360, 181, 57, 13],
  },
  {
    name: "Cần Thơ",
    latitude: 10.03,
    longitude: 105.77,
    temperature: [25.3, 26.0, 27.3, 28.5, 27.8, 27.2, 26.9, 26.7, 26.8, 26.8, 26.7, 25.6],
    rain: [12, 3, 10, 50, 170, 200, 220, 220, 270, 280, 150, 40],
  },
];

export interface Climate {
  /** Mean air temperature at this part of the year (0 to 1), °C. */
  temperature(yearShare: number): number;
  /** Share of days with rain. */
  wetDays(yearShare: number): number;
  /** Mean rain of a day with rain, mm. */
  rainOfWetDay(yearShare: number): number;
}

/** The climate of the nearest station that is known. */
export function climateAt(latitude: number, longitude: number): Climate {
  const distance = (station: Normals) =>
    Math.hypot(station.latitude - latitude, station.longitude - longitude);
  const { temperature, rain } = stations.toSorted((a, b) => distance(a) - distance(b))[0]!;
  const wetDays = (yearShare: number) => Math.min(0.85, 0.03 * Math.sqrt(between(rain, yearShare)));
  return {
    temperature: (yearShare) => between(temperature, yearShare),
    wetDays,
    rainOfWetDay: (yearShare) => between(rain, yearShare) / (30.4 * wetDays(yearShare)),
  };
}

/** A month's value holds for its middle; in between it changes evenly. */
function between(months: readonly number[], yearShare: number): number {
  const x = yearShare * 12 - 0.5;
  const month = Math.floor(x);
  const from = months[(month + 12) % 12]!;
  const to = months[(month + 13) % 12]!;
  return from + (to - from) * (x - month);
}
