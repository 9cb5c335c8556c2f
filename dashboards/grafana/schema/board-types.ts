import type {
  Dashboard,
  FieldConfig,
  FieldConfigSource,
  Panel,
  VariableModel,
} from "@grafana/grafana-foundation-sdk/dashboard";
import type * as stat from "@grafana/grafana-foundation-sdk/stat";
import type * as statetimeline from "@grafana/grafana-foundation-sdk/statetimeline";
import type * as table from "@grafana/grafana-foundation-sdk/table";
import type * as timeseries from "@grafana/grafana-foundation-sdk/timeseries";
import type { InfluxTarget } from "../classic/target.ts";

/**
 * What a board of ours is held against: Grafana's own types, stricter where the SDK leaves things open (a panel's options by its kind, the
 * query by the data source, an id and a title for everything). Its JSON schema is derived from here.
 */
export interface BoardTypes {
  board: BoardFrame;
  variable: VariableModel;
  stat: PanelOf<"stat", stat.Options, object>;
  timeseries: PanelOf<"timeseries", timeseries.Options, timeseries.FieldConfig>;
  table: PanelOf<"table", table.Options, table.FieldConfig>;
  "state-timeline": PanelOf<"state-timeline", statetimeline.Options, statetimeline.FieldConfig>;
}

interface BoardFrame extends Omit<Dashboard, "panels" | "templating" | "snapshot"> {
  uid: string;
  title: string;
  schemaVersion: 42;
  templating: { list: object[] };
  panels: object[];
}

interface PanelOf<Type extends string, Options, Custom>
  extends Omit<Panel, "type" | "options" | "targets" | "fieldConfig"> {
  id: number;
  type: Type;
  title: string;
  description: string;
  options: Options;
  targets: InfluxTarget[];
  fieldConfig: Omit<FieldConfigSource, "defaults"> & {
    defaults: Omit<FieldConfig, "custom"> & { custom?: Custom };
  };
}
