import type { Row } from "../row.ts";
import { acknowledgement } from "./acknowledgement.ts";
import { alert } from "./alert.ts";
import { alertPacks } from "./alert-packs.ts";
import { boards } from "./boards.ts";
import { count } from "./count.ts";
import { decode } from "./decode.ts";
import { fleet } from "./fleet.ts";
import { kills } from "./kills.ts";
import { memory } from "./memory.ts";
import { outage } from "./outage.ts";
import { outageOfAnHour } from "./outage-of-an-hour.ts";
import { reckoned } from "./reckoned.ts";
import { season } from "./season.ts";
import { start } from "./start.ts";
import { store } from "./store.ts";
import { sustained } from "./sustained.ts";

/** Every number to hold, in the order in which they are measured. */
export const rows: readonly Row[] = [
  sustained,
  reckoned,
  acknowledgement,
  alert,
  alertPacks,
  memory,
  start,
  store,
  outage,
  outageOfAnHour,
  decode,
  season,
  count,
  boards,
  fleet,
  kills,
];
