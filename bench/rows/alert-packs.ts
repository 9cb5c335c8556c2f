import { packNames } from "../../ingest/rules/index.ts";
import type { Row } from "../row.ts";
import { alertRow, probeName, probeRule } from "./alert-probes.ts";

/** As `alert`, with every pack that comes along, and all that can be reckoned of nodes in sheds. */
export const alertPacks: Row = alertRow({
  name: "alert-packs",
  what: "the same with every pack armed and derived quantities on",
  placed: true,
  // Those by product: the two for a first look say the same again, and who is told.
  rules: [...packNames.filter((name) => name !== "demo" && name !== "starter"), "./rules.yaml"],
  ours: () => ({ rules: [probeRule()], routes: [{ to: "hook", rules: [probeName] }] }),
});
