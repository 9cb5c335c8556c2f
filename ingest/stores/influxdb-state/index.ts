export { identifier, placeOf, text } from "../influxdb/influxql.ts";
export { columnOf, hourFields, hoursMeasurement } from "../influxdb/line-protocol.ts";
export { choicePattern, choiceText, none, stateFields, stateMeasurements, stateTags } from "./names.ts";
export { type InfluxState, openInfluxState } from "./open-influx-state.ts";
export type {
  DeviceNow,
  Finding,
  IndicatorNow,
  InfluxStateParts,
  ModelNow,
  Named,
  Scoreboard,
  ServiceNow,
} from "./state-parts.ts";
