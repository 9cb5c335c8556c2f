import type { DataSourceRef } from "@grafana/grafana-foundation-sdk/common";

/** The provisioned data source. */
export const dataSourceUid = "canhdong-influxdb";

export const dataSource: DataSourceRef = { type: "influxdb", uid: dataSourceUid };
