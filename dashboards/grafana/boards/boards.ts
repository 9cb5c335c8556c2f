import type { Board } from "../board.ts";
import { alerts } from "./alerts.ts";
import { commune } from "./commune.ts";
import { health } from "./health.ts";
import { linkage } from "./linkage.ts";
import { model } from "./model.ts";
import { parcel } from "./parcel.ts";
import { pond } from "./pond.ts";
import { province } from "./province.ts";
import { shed } from "./shed.ts";
import { weather } from "./weather.ts";

/** Every board, from the whole to the parts. */
export const boards: readonly Board[] = [
  province,
  commune,
  model,
  parcel,
  pond,
  shed,
  weather,
  health,
  alerts,
  linkage,
];
