import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { DecodedFrame } from "./device-model.ts";
import { modelOf } from "./models.ts";

/*
 * The payloads that vendors publish with their decoders, where they lie beside the project: what ours makes of the bytes is
 * what theirs says, or the table at the end tells why not.
 */
const file = `${import.meta.dirname}/../../../shared/data/lorawan_codec_vectors/ttn_examples.jsonl.gz`;
const receivedAtMs = Date.UTC(2026, 10, 21);

interface Vector {
  readonly vendor: string;
  readonly device: string;
  readonly example: {
    readonly description?: string;
    readonly input: { readonly fPort: number; readonly bytes: readonly number[] };
    readonly output: {
      readonly data?: Readonly<Record<string, unknown>>;
      readonly errors?: readonly string[];
    };
  };
}

/** Published devices that are ours under another name. */
const otherNames: Readonly<Record<string, string>> = {
  "lse01-114": "lse01",
  am319l: "am319",
  "sensecap-air-th": "s2101",
  "sensecaps2101-temp-humid": "s2101",
  "sensecaps2102-light": "s2102",
  "sensecaps2103-co2-temp-humid": "s2103",
  "sensecaps2104-soil-moisture-temp": "s2104",
  "sensecaps2105-soll-moisture-temp-ec": "s2105",
};

/** Published fields: our name, and what one of theirs is in our unit. Null: about the frame or the device, not measured. */
type Translation = readonly [name: string, times?: number] | null;
type Translations = Readonly<Record<string, Translation>>;

const dragino: Translations = {
  Bat: ["power.battery"],
  BatV: ["power.battery"],
  TempC_DS18B20: ["air.temperature"],
  TempC_SHT: ["air.temperature"],
  Hum_SHT: ["air.relativeHumidity"],
  TempC_DS: ["probe.temperature"],
  water_SOIL: ["soil.moisture"],
  temp_SOIL: ["soil.temperature"],
  TEMP_SOIL: ["soil.temperature"],
  conduct_SOIL: ["soil.ec", 0.001],
  PH1_SOIL: ["soil.pH"],
  Leaf_Moisture: ["leaf.wetness"],
  Leaf_Temperature: ["leaf.temperature"],
  Bat_status: null,
  Ext_sensor: null,
  Interrupt_flag: null,
  Message_type: null,
  Hardware_flag: null,
  Sensor_flag: null,
};
const milesight: Translations = {
  battery: ["power.batteryPercent"],
  temperature: ["air.temperature"],
  humidity: ["air.relativeHumidity"],
  pressure: ["air.pressure"],
  co2: ["air.co2"],
  light: ["air.lightIntensity"],
  nh3: ["air.nh3"],
  h2s: ["air.h2s"],
  pm2_5: ["air.pm25"],
  pm10: ["air.pm10"],
  tvoc: ["air.tvocIndex"],
  hcho: ["air.formaldehyde"],
  wind_direction: ["wind.direction"],
  wind_speed: ["wind.speed"],
  rainfall_total: ["rain.cumulative"],
  light_level: ["air.lightLevel"],
  rainfall_counter: null,
  pir: null,
};
const decentlab: Translations = {
  battery_voltage: ["power.battery"],
  air_temperature: ["air.temperature"],
  atmospheric_pressure: ["air.pressure", 10],
  compass_heading: ["device.heading"],
  east_wind_speed: ["wind.east"],
  north_wind_speed: ["wind.north"],
  lightning_average_distance: ["lightning.distance"],
  lightning_strike_count: ["lightning.strikes"],
  maximum_wind_speed: ["wind.gust"],
  precipitation: ["rain.amount"],
  relative_humidity: ["air.relativeHumidity"],
  sensor_temperature_internal: ["device.temperature"],
  solar_radiation: ["light.solarIrradiance"],
  vapor_pressure: ["air.vapourPressure"],
  wind_direction: ["wind.direction"],
  wind_speed: ["wind.speed"],
  x_orientation_angle: ["device.tiltX"],
  y_orientation_angle: ["device.tiltY"],
  temperature: ["water.temperature"],
  water_depth: ["water.depth", 0.001],
  electrical_conductivity: ["water.ec"],
  leaf_wetness_index: ["leaf.wetness", 100],
  oxygen_concentration: ["water.dissolvedOxygen"],
  oxygen_saturation: ["water.dissolvedOxygenSaturation"],
  volumetric_water_content: ["soil.moisture", 100],
  soil_temperature: ["soil.temperature"],
  barometric_pressure: ["air.pressure", 10],
  cumulative_precipitation: ["rain.cumulative"],
  internal_temperature: ["device.temperature"],
  tilt_angle_x_orientation: ["device.tiltX"],
  tilt_angle_y_orientation: ["device.tiltY"],
  precipitation_electrical_conductivity: null,
  oxygen_concentration_alt: null,
  dielectric_permittivity: null,
  freezing_flag: null,
  status: null,
  device_id: null,
  protocol_version: null,
};
const browan: Translations = {
  temperature: ["air.temperature"],
  humidity: ["air.relativeHumidity"],
  battery: ["power.battery"],
  status: null,
};

const soilDepths: Translations = Object.fromEntries(
  Array.from({ length: 8 }, (_, depth) => depth).flatMap((depth) => [
    [`soil_moisture_at_depth_${depth}`, [`soil.moisture${depth === 0 ? "" : depth + 1}`]],
    [`soil_temperature_at_depth_${depth}`, [`soil.temperature${depth === 0 ? "" : depth + 1}`]],
  ]),
);
const byModel: Readonly<Record<string, Translations>> = {
  "milesight-em500-smtc": { ...milesight, temperature: ["soil.temperature"], humidity: ["soil.moisture"] },
  "decentlab-dl-trs12": { ...decentlab, electrical_conductivity: ["soil.ec", 0.001] },
  "decentlab-dl-smtp": { ...decentlab, ...soilDepths },
};
const byVendor: Readonly<Record<string, Translations>> = {
  dragino,
  "milesight-iot": milesight,
  decentlab,
  browan,
};
const senseCapIds: Readonly<Record<number, string>> = {
  4097: "air.temperature",
  4098: "air.relativeHumidity",
};

const copied = "the published output was copied from an LHT65, whose layout this is not";
const noProbe = "exactly 0.0 °C from the optional probe is a probe that is not there";
const otherModel = "the published frame is an air sensor's; this model has no such measurement ids";
/** Where ours says otherwise, by published device and what is said about it. */
const disagreements: Readonly<Record<string, string>> = {
  "dds75-lb: Temperature": copied,
  "lms01-lb: Temperature": copied,
  "ps-lb: LoRaWAN Pressure Sensor": copied,
  "se01-lb: Temperature": copied,
  "sn50v3-lb: Temperature": copied,
  "sph01-lb: Temperature": copied,
  "wqs-lb: Temperature": copied,
  // Published for port 2, which is right.
  "dds75-lb: Unknown FPort": copied,
  "ps-lb: Unknown FPort": copied,
  "sn50v3-lb: Unknown FPort": copied,
  "wqs-lb: Unknown FPort": copied,
  "lms01-lb: Unknown FPort": copied,
  "se01-lb: Unknown FPort": copied,
  "sph01-lb: Unknown FPort": copied,
  "llms01: LoRaWAN Leaf Moisture Sensor": noProbe,
  "lsph01: LoRaWAN Soil pH Sensor": noProbe,
  "lse01-114: Liquid height":
    "nothing in the air has 279.9 °C; a soil probe that says 0 % and 0.00 °C and 0 µS/cm is not there",
  "dl-smtp: Example 1":
    "a moisture below zero is no measurement, and -5 with -327.68 °C is an input without a probe",
  "sensecaps2102-light: telemetry": otherModel,
  "sensecaps2104-soil-moisture-temp: telemetry": otherModel,
  "sensecaps2105-soll-moisture-temp-ec: telemetry": otherModel,
};

const vectors = existsSync(file) ? ofOurModels() : [];

test.skipIf(vectors.length === 0)("published payloads mean what their vendors say, or we say why not", () => {
  const told = vectors.map((vector) => ({ name: nameOf(vector), differs: differs(vector) }));
  expect(
    told.filter(({ differs }) => differs.length > 0).filter(({ name }) => !(name in disagreements)),
  ).toEqual([]);
  const agreed = told.filter(({ differs }) => differs.length === 0).map(({ name }) => name);
  expect(agreed.filter((name) => name in disagreements)).toEqual([]);
});

test.skipIf(vectors.length === 0)(
  "every disagreement that is explained is one of a published payload",
  () => {
    const names = new Set(vectors.map(nameOf));
    expect(Object.keys(disagreements).filter((name) => !names.has(name))).toEqual([]);
  },
);

test.skipIf(vectors.length === 0)("the published payloads reach most models", () => {
  expect(vectors.length).toBeGreaterThanOrEqual(60);
  expect(new Set(vectors.map((vector) => modelOfVector(vector)?.name)).size).toBeGreaterThanOrEqual(25);
});

function ofOurModels(): readonly Vector[] {
  const lines = gunzipSync(readFileSync(file)).toString("utf8").trim().split("\n");
  const all: Vector[] = lines.map((line) => JSON.parse(line));
  return all.filter((vector) => modelOfVector(vector) !== undefined);
}

function modelOfVector({ vendor, device }: Vector) {
  if (vendor !== "sensecap" && byVendor[vendor] === undefined) return undefined;
  return modelOf(otherNames[device] ?? device);
}

const nameOf = ({ device, example }: Vector) => `${device}: ${example.description}`;

/** What is said on one side and not on the other. */
function differs(vector: Vector): readonly string[] {
  const { input, output } = vector.example;
  const model = modelOfVector(vector);
  if (model === undefined) return ["no model"];
  const bytes = Uint8Array.from(input.bytes);
  const decoded = model.decode({ port: input.fPort, bytes, receivedAtMs }, { mountingHeightCm: null });
  if (output.errors !== undefined) return decoded.values.length > 0 ? ["it means something to us"] : [];
  const theirs = translated(vector, model.name);
  const ours = numbersOf(decoded);
  return [
    ...Object.keys(theirs).flatMap((name) =>
      isClose(theirs[name], ours[name]) ? [] : [`${name} is ${theirs[name]}`],
    ),
    ...decoded.rejections.map(({ reason, detail }) => `${reason}: ${detail}`),
  ];
}

function numbersOf({ values, extras }: DecodedFrame): Readonly<Record<string, number>> {
  return Object.fromEntries([
    ...extras.map(({ name, value }) => [name, value]),
    ...values.map(({ quantity, value }) => [quantity, value]),
  ]);
}

function isClose(theirs: number | undefined, ours: number | undefined): boolean {
  return theirs !== undefined && ours !== undefined && Math.abs(theirs - ours) < 1e-6;
}

function translated(vector: Vector, model: string): Readonly<Record<string, number>> {
  const data = vector.example.output.data ?? {};
  if (vector.vendor === "sensecap") return senseCap(data.messages as readonly SenseCapMessage[]);
  const translations = byModel[model] ?? byVendor[vector.vendor] ?? {};
  const pairs = Object.entries(data).flatMap(([field, found]) => {
    const translation = translations[field];
    if (translation === undefined) return [[`untranslated ${field}`, Number.NaN]];
    if (translation === null) return [];
    const [name, times = 1] = translation;
    return [[name, numberOf(found) * times]];
  });
  return Object.fromEntries(pairs);
}

/** Some are strings, some are objects with a value in them. */
function numberOf(found: unknown): number {
  return Number(typeof found === "object" && found !== null && "value" in found ? found.value : found);
}

interface SenseCapMessage {
  readonly type: string;
  readonly battery?: number;
  readonly measurementId?: number;
  readonly measurementValue?: number;
}

function senseCap(messages: readonly SenseCapMessage[]): Readonly<Record<string, number>> {
  const pairs = messages.flatMap(({ type, battery, measurementId, measurementValue }) => {
    if (type === "upload_battery") return [["power.batteryPercent", battery]];
    if (type !== "report_telemetry") return [];
    return [[senseCapIds[measurementId as number] ?? `id ${measurementId}`, measurementValue]];
  });
  return Object.fromEntries(pairs);
}
