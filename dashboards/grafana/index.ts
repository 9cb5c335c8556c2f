export { builtFolder, checkBoards, writeAlertRules, writeBoards } from "./board-files.ts";
export { uids } from "./boards/uids.ts";
export { buildBoards, usualPageUrl } from "./build-boards.ts";
export { createGrafanaApi, GrafanaError } from "./organisation/grafana-api.ts";
export { provisionOrganisation } from "./organisation/provision-organisation.ts";
