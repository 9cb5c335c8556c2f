/**
 * Under which names the state of the platform stands in an InfluxDB beside the readings. Whoever asks for it takes them from here.
 * No field is called `received`: that is how readings are told from everything else.
 */

export const stateMeasurements = {
  /** One series a device: when something about it changes, and once an hour. */
  devices: "devices",
  /** Sums by commune, in every pass. */
  communes: "communes",
  /** One series for each rule on each device: at each step of an alert, and in every pass while it is open. */
  alerts: "alerts",
  /** Every linkage model of the province's plan, once an hour. */
  linkageModels: "linkage_models",
  /** Indicators of the plan, once an hour. */
  indicators: "indicators",
  /** The last point of every pass. */
  service: "service",
} as const;

/** A tag `…Choice` is what people choose by: see `choiceText`. */
export const stateTags = {
  device: "device",
  deviceChoice: "device_choice",
  deviceModel: "device_model",
  place: "place",
  placeChoice: "place_choice",
  placeKind: "place_kind",
  province: "province",
  provinceChoice: "province_choice",
  commune: "commune",
  communeChoice: "commune_choice",
  linkage: "linkage",
  linkageChoice: "linkage_choice",
  rule: "rule",
  plan: "plan",
  indicator: "indicator",
} as const;

export const stateFields = {
  /** 1 while it is heard as often as it should be, else 0; of a commune: how many are. */
  available: "available",
  silent: "silent",
  devices: "devices",
  /** 0 once a device is out of the registry. */
  registered: "registered",
  /** Open alerts. */
  alerts: "alerts",
  critical: "critical",
  warning: "warning",
  /** Frames of the last day. */
  frames: "frames",
  lostFrames: "lost_frames",
  /** 0 over, 1 info, 2 warning, 3 critical. */
  level: "level",
  /** 1 where an alert fired. */
  began: "began",
  state: "state",
  title: "title",
  titleEnglish: "title_en",
  /** Since when it is so, milliseconds since 1970. */
  since: "since",
  deviceName: "device_name",
  placeName: "place_name",
  /** 1 yes, 0 no, -1 no data. */
  byTelemetry: "by_telemetry",
  byAnyProof: "by_any_proof",
  /** Devices that prove a linkage model. */
  countingDevices: "counting_devices",
  because: "because",
  becauseEnglish: "because_en",
  numerator: "numerator",
  denominator: "denominator",
  noData: "no_data",
  share: "share",
  target: "target",
  met: "met",
  name: "name",
  /** 1 in every pass: without it nobody writes. */
  pass: "pass",
  waitingUplinks: "waiting_uplinks",
  quarantined: "quarantined",
} as const;

/** In the place of a commune, a province, a linkage model or a place of a device that has none: a missing tag cannot be chosen. */
export const none = "none";

/** Takes `choiceText` apart again, as a regular expression of JavaScript. */
export const choicePattern = "^(?<text>.*) \\[(?<value>[^\\]]*)\\]$";

/** A name with its id behind it: `Xã Phong Điền [19768]`. Two things of one name stay apart. */
export function choiceText(id: string, name: string): string {
  // A backslash would have to be stored encoded, and people would read that.
  const readable = name.replace(/[\\\u0000-\u001f\u007f]+/g, " ").trim();
  return `${readable === "" ? id : readable} [${id}]`;
}
