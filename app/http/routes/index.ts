import type { App } from "../app.ts";
import { alertRoutes } from "./alerts.ts";
import { automationRoutes } from "./automation.ts";
import { cultivationRoutes } from "./cultivation.ts";
import { deviceRoutes } from "./devices.ts";
import { downlinkRoutes } from "./downlinks.ts";
import { exportRoutes } from "./export.ts";
import { gatewayRoutes } from "./gateways.ts";
import { healthRoutes } from "./health.ts";
import { linkageRoutes } from "./linkage.ts";
import { liveRoutes } from "./live.ts";
import { metricsRoutes } from "./metrics.ts";
import { overviewRoutes } from "./overview.ts";
import { peopleRoutes } from "./people.ts";
import { placeRoutes } from "./places.ts";
import { pushRoutes } from "./push.ts";
import { quantityRoutes } from "./quantities.ts";
import { quarantineRoutes } from "./quarantine.ts";
import { readingRoutes } from "./readings.ts";
import type { RouteParts } from "./route-parts.ts";
import { rulesRoutes } from "./rules.ts";
import { sessionRoutes } from "./session.ts";
import { upkeepRoutes } from "./upkeep.ts";

/** Everything under /api/v1, one file a resource. */
export const apiRoutes: readonly ((app: App, parts: RouteParts) => void)[] = [
  sessionRoutes,
  overviewRoutes,
  quantityRoutes,
  deviceRoutes,
  downlinkRoutes,
  automationRoutes,
  gatewayRoutes,
  readingRoutes,
  exportRoutes,
  placeRoutes,
  cultivationRoutes,
  alertRoutes,
  rulesRoutes,
  peopleRoutes,
  pushRoutes,
  linkageRoutes,
  quarantineRoutes,
  liveRoutes,
  healthRoutes,
  metricsRoutes,
  upkeepRoutes,
];
