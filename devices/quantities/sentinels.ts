/**
 * How vendors of all kinds say "no value": the ends of 16- and 32-bit integers as they look behind 0 to 3 decimals,
 * and the nines of data loggers. Each counts only for the quantities that could never reach it.
 */
export const commonSentinels: readonly number[] = [
  ...[32767, -32768, 65535, 65534].flatMap((raw) => [raw, raw / 10, raw / 100, raw / 1000]),
  ...[2147483647, -2147483648, 4294967295],
  ...[-99, -99.9, -99.99, -999, -999.9, -999.99, -6999, -7999, -9999, -9999.9, -99999],
  ...[999, 999.9, 999.99, 9999, 9999.9, 99999],
];

/** What a DS18B20 says on the wire: -127 when the bus is silent, 85 after a power-on without a conversion. */
export const oneWireTemperature: readonly number[] = [-127, 85];
