import type { Command } from "commander";
import { registerAlerts } from "./alerts.ts";
import { registerBackup } from "./backup.ts";
import { registerCompose } from "./compose.ts";
import type { CommandContext } from "./context.ts";
import { registerDecode } from "./decode.ts";
import { registerDevice } from "./device.ts";
import { registerGateway } from "./gateway.ts";
import { registerGrafana } from "./grafana.ts";
import { registerInflux } from "./influx.ts";
import { registerLinkage } from "./linkage.ts";
import { registerMigrate } from "./migrate.ts";
import { registerModel } from "./model.ts";
import { registerPerson } from "./person.ts";
import { registerPlace } from "./place.ts";
import { registerReadings } from "./readings.ts";
import { registerReplay } from "./replay.ts";
import { registerRules } from "./rules.ts";
import { registerService } from "./service.ts";
import { registerSim } from "./sim.ts";
import { registerStart } from "./start.ts";

/** Adds one sub-command to the program. Heavy parts are imported in the action, so that `--help` stays quick. */
export type RegisterCommand = (program: Command, context: CommandContext) => void;

/** In the order in which `--help` shows them. */
export const commands: readonly RegisterCommand[] = [
  registerStart,
  registerDevice,
  registerGateway,
  registerPlace,
  registerPerson,
  registerService,
  registerAlerts,
  registerRules,
  registerReadings,
  registerDecode,
  registerModel,
  registerLinkage,
  registerBackup,
  registerInflux,
  registerGrafana,
  registerMigrate,
  registerCompose,
  registerSim,
  registerReplay,
];
