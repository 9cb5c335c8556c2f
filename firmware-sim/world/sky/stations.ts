/** A station's normals; lists run from January to December. */
export interface Station {
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly altitudeM: number;
  /** Means of the daily maximum and minimum, °C. */
  readonly highC: readonly number[];
  readonly lowC: readonly number[];
  readonly rainMm: readonly number[];
  /** Days with rain. */
  readonly wetDays: readonly number[];
  readonly humidityPct: readonly number[];
  readonly sunshineHours: readonly number[];
  /** Mean of the year at 10 m. */
  readonly windMs: number;
}

/**
 * One or two stations for each agro-climatic region. Rounded after the national normals that QCVN 02 prints for builders and the World
 * Meteorological Organization collects; temperatures are right to about 1 °C and rain to a tenth. Enough for a
 * plausible year, not a source to cite.
 */
export const stations: readonly Station[] = [
  {
    // North-east: the first to feel cold air.
    name: "Lạng Sơn",
    latitude: 21.83,
    longitude: 106.77,
    altitudeM: 258,
    highC: [17.5, 18.6, 21.8, 26.3, 30.1, 31.4, 31.7, 31.4, 30.3, 27.4, 23.7, 19.9],
    lowC: [10.3, 11.8, 15, 18.8, 21.7, 23.6, 23.8, 23.4, 21.7, 18.5, 14.5, 11.1],
    rainMm: [30, 36, 49, 92, 167, 195, 235, 228, 138, 75, 40, 22],
    wetDays: [10, 11, 14, 13, 13, 15, 16, 16, 11, 8, 6, 6],
    humidityPct: [80, 83, 84, 83, 82, 84, 84, 85, 84, 81, 79, 77],
    sunshineHours: [75, 58, 62, 93, 170, 165, 180, 176, 178, 160, 140, 120],
    windMs: 1.9,
  },
  {
    // North-west: sheltered valleys, dry sunny winters, hot dry April.
    name: "Sơn La",
    latitude: 21.33,
    longitude: 103.9,
    altitudeM: 676,
    highC: [21, 23.3, 26.8, 29.3, 30.4, 29.8, 29.4, 29.2, 28.6, 26.8, 24, 21.4],
    lowC: [10.7, 12.4, 15.7, 18.9, 21, 22.3, 22.2, 21.8, 20.2, 17.8, 14.2, 10.9],
    rainMm: [16, 26, 40, 114, 174, 252, 268, 268, 150, 65, 34, 13],
    wetDays: [4, 5, 7, 13, 16, 19, 21, 20, 13, 8, 5, 3],
    humidityPct: [80, 76, 73, 75, 78, 85, 86, 87, 85, 83, 82, 81],
    sunshineHours: [148, 150, 176, 192, 212, 150, 150, 166, 180, 180, 178, 180],
    windMs: 1.1,
  },
  {
    name: "Hà Nội",
    latitude: 21.02,
    longitude: 105.8,
    altitudeM: 6,
    highC: [19.7, 20.1, 22.9, 27.2, 31.4, 32.9, 33.1, 32.3, 31.2, 28.8, 25.3, 22],
    lowC: [14.5, 15.4, 18.1, 21.7, 24.6, 26.1, 26.3, 26, 24.9, 22.3, 18.9, 15.6],
    rainMm: [18, 19, 34, 105, 165, 266, 253, 274, 243, 156, 59, 20],
    wetDays: [8, 10, 14, 12, 13, 14, 15, 16, 13, 9, 6, 5],
    humidityPct: [80, 83, 85, 85, 81, 80, 81, 83, 81, 79, 77, 76],
    sunshineHours: [69, 48, 46, 87, 174, 167, 181, 163, 162, 150, 132, 113],
    windMs: 1.8,
  },
  {
    name: "Hải Dương",
    latitude: 20.94,
    longitude: 106.33,
    altitudeM: 2,
    highC: [19.5, 20, 22.7, 27, 31.1, 32.6, 32.8, 32, 31, 28.6, 25.2, 21.8],
    lowC: [14.1, 15.2, 17.9, 21.6, 24.4, 26.1, 26.3, 25.9, 24.7, 22.1, 18.7, 15.4],
    rainMm: [22, 25, 45, 90, 180, 230, 240, 280, 200, 120, 50, 22],
    wetDays: [8, 11, 15, 13, 12, 14, 13, 15, 12, 8, 6, 5],
    humidityPct: [82, 85, 88, 89, 86, 84, 84, 87, 86, 83, 80, 79],
    sunshineHours: [72, 45, 42, 90, 180, 172, 190, 168, 172, 166, 142, 118],
    windMs: 2.1,
  },
  {
    name: "Vinh",
    latitude: 18.67,
    longitude: 105.68,
    altitudeM: 6,
    highC: [20.7, 21.1, 23.8, 28.2, 32.4, 34.2, 34.4, 33.2, 30.8, 27.9, 24.9, 21.9],
    lowC: [15.7, 16.6, 18.9, 22, 25, 26.8, 26.8, 26.1, 24.4, 22.2, 19.3, 16.6],
    rainMm: [52, 44, 47, 62, 140, 113, 119, 210, 478, 460, 185, 70],
    wetDays: [13, 13, 15, 11, 11, 8, 8, 12, 16, 17, 14, 12],
    humidityPct: [89, 91, 91, 88, 81, 74, 73, 79, 86, 87, 87, 87],
    sunshineHours: [73, 52, 62, 133, 218, 207, 221, 179, 151, 132, 96, 83],
    windMs: 1.8,
  },
  {
    name: "Hà Tĩnh",
    latitude: 18.35,
    longitude: 105.9,
    altitudeM: 3,
    highC: [20.8, 21.2, 24, 28.5, 32.4, 34.2, 34.5, 33.2, 30.6, 27.6, 24.7, 21.8],
    lowC: [15.6, 16.6, 18.7, 21.8, 24.6, 26.2, 26.2, 25.5, 24, 22, 19.3, 16.5],
    rainMm: [95, 65, 55, 60, 150, 140, 120, 230, 510, 690, 350, 160],
    wetDays: [15, 14, 14, 11, 11, 8, 8, 12, 17, 19, 18, 15],
    humidityPct: [91, 92, 92, 88, 80, 74, 72, 78, 86, 88, 88, 88],
    sunshineHours: [72, 51, 66, 135, 214, 206, 222, 178, 150, 124, 86, 76],
    windMs: 1.6,
  },
  {
    name: "Huế",
    latitude: 16.43,
    longitude: 107.58,
    altitudeM: 10,
    highC: [23.5, 24.6, 27.4, 31.1, 33.4, 34.4, 34.5, 34, 31.5, 28.7, 26, 23.4],
    lowC: [17.4, 18.3, 20.1, 22.5, 24.4, 25.3, 25.2, 25, 23.9, 22.5, 20.6, 18.2],
    rainMm: [129, 63, 51, 59, 112, 104, 91, 138, 411, 773, 642, 349],
    wetDays: [15, 11, 10, 9, 11, 9, 8, 11, 16, 21, 21, 20],
    humidityPct: [88, 88, 86, 83, 79, 76, 75, 77, 84, 87, 88, 89],
    sunshineHours: [105, 107, 141, 174, 229, 219, 238, 205, 165, 134, 94, 79],
    windMs: 1.6,
  },
  {
    name: "Đà Nẵng",
    latitude: 16.04,
    longitude: 108.2,
    altitudeM: 7,
    highC: [24.8, 26.1, 28.7, 31, 33.4, 33.9, 34.3, 33.9, 31.5, 29.6, 27, 24.9],
    lowC: [19.1, 20, 21.6, 23.6, 25, 25.7, 25.5, 25.5, 24.3, 23.2, 21.7, 19.5],
    rainMm: [96, 33, 22, 27, 63, 87, 86, 117, 308, 650, 436, 227],
    wetDays: [14, 7, 5, 5, 8, 8, 8, 12, 17, 21, 21, 19],
    humidityPct: [84, 84, 84, 83, 79, 77, 76, 77, 82, 84, 84, 85],
    sunshineHours: [136, 147, 189, 210, 252, 243, 253, 216, 175, 146, 120, 108],
    windMs: 1.9,
  },
  {
    // South-central coast: in the rain shadow until the storms of autumn.
    name: "Nha Trang",
    latitude: 12.25,
    longitude: 109.18,
    altitudeM: 3,
    highC: [27, 27.7, 29.3, 31, 32.3, 32.6, 32.6, 32.6, 31.7, 29.9, 28.4, 27.2],
    lowC: [21.5, 21.8, 23, 24.7, 25.5, 25.6, 25.3, 25.3, 24.8, 24.2, 23.4, 22.2],
    rainMm: [39, 18, 30, 36, 79, 60, 46, 54, 163, 325, 352, 179],
    wetDays: [9, 4, 4, 4, 8, 8, 8, 9, 15, 18, 18, 15],
    humidityPct: [78, 79, 80, 82, 80, 79, 78, 78, 80, 83, 82, 79],
    sunshineHours: [180, 205, 252, 256, 250, 222, 232, 218, 196, 170, 140, 138],
    windMs: 2.6,
  },
  {
    name: "Pleiku",
    latitude: 13.98,
    longitude: 108.02,
    altitudeM: 779,
    highC: [26.1, 28.5, 30.7, 31.2, 29.6, 27.7, 26.8, 26.3, 26.8, 26.6, 26.1, 25.3],
    lowC: [13.7, 15, 17, 19.1, 20.1, 20.3, 19.9, 19.8, 19.4, 18.4, 16.8, 14.6],
    rainMm: [3, 7, 28, 95, 226, 357, 453, 493, 360, 181, 57, 13],
    wetDays: [1, 1, 4, 9, 18, 23, 26, 26, 24, 16, 7, 2],
    humidityPct: [75, 72, 71, 74, 81, 87, 90, 91, 89, 85, 80, 77],
    sunshineHours: [255, 245, 262, 230, 200, 150, 135, 120, 132, 175, 202, 236],
    windMs: 2.8,
  },
  {
    name: "Buôn Ma Thuột",
    latitude: 12.68,
    longitude: 108.05,
    altitudeM: 470,
    highC: [27.3, 29.8, 32.3, 33.3, 31.6, 29.6, 28.9, 28.5, 28.4, 27.9, 27.1, 26.3],
    lowC: [17.5, 18.1, 19.7, 21.5, 22.3, 22, 21.5, 21.5, 21.2, 20.5, 19.6, 18.2],
    rainMm: [4, 4, 22, 89, 232, 244, 252, 316, 309, 205, 90, 22],
    wetDays: [1, 1, 3, 8, 18, 21, 22, 24, 23, 16, 9, 4],
    humidityPct: [78, 74, 70, 72, 80, 85, 87, 88, 88, 87, 85, 82],
    sunshineHours: [256, 260, 279, 254, 216, 175, 170, 155, 150, 170, 170, 200],
    windMs: 3.1,
  },
  {
    name: "TP. Hồ Chí Minh",
    latitude: 10.8,
    longitude: 106.67,
    altitudeM: 5,
    highC: [31.6, 32.9, 33.9, 34.6, 34, 32.4, 32, 31.8, 31.3, 31.2, 31, 30.8],
    lowC: [21.1, 22.5, 24.4, 25.8, 25.2, 24.6, 24.3, 24.3, 24.4, 23.9, 22.8, 21.4],
    rainMm: [14, 4, 11, 50, 218, 312, 294, 270, 327, 267, 117, 48],
    wetDays: [2, 1, 2, 5, 18, 19, 23, 22, 23, 21, 12, 7],
    humidityPct: [72, 70, 70, 72, 79, 82, 83, 83, 85, 84, 80, 77],
    sunshineHours: [245, 246, 272, 239, 195, 171, 180, 172, 162, 182, 200, 223],
    windMs: 2.7,
  },
  {
    name: "Cần Thơ",
    latitude: 10.03,
    longitude: 105.77,
    altitudeM: 2,
    highC: [30.1, 31.2, 32.6, 33.7, 32.8, 31.6, 31.2, 30.9, 30.7, 30.7, 30.3, 29.6],
    lowC: [22.1, 22.5, 23.6, 24.9, 24.9, 24.4, 24.2, 24.2, 24.2, 24.2, 23.9, 22.5],
    rainMm: [9, 3, 12, 43, 172, 206, 227, 221, 261, 277, 148, 43],
    wetDays: [2, 1, 2, 5, 15, 19, 21, 20, 21, 20, 12, 6],
    humidityPct: [81, 78, 77, 77, 83, 86, 86, 87, 87, 86, 84, 82],
    sunshineHours: [256, 246, 287, 260, 218, 176, 181, 178, 163, 172, 192, 217],
    windMs: 1.6,
  },
  {
    name: "Cà Mau",
    latitude: 9.18,
    longitude: 105.15,
    altitudeM: 2,
    highC: [29.4, 30.4, 31.8, 33, 32.2, 31.3, 30.9, 30.7, 30.5, 30.3, 30, 29.2],
    lowC: [22.3, 22.8, 23.8, 24.9, 25.1, 24.9, 24.7, 24.7, 24.6, 24.4, 24, 22.9],
    rainMm: [18, 9, 33, 97, 275, 324, 325, 345, 345, 330, 190, 72],
    wetDays: [3, 2, 4, 8, 19, 21, 22, 22, 22, 23, 16, 9],
    humidityPct: [82, 80, 79, 79, 84, 86, 86, 87, 87, 87, 86, 83],
    sunshineHours: [220, 230, 265, 240, 180, 145, 150, 150, 135, 145, 160, 185],
    windMs: 2.2,
  },
];
