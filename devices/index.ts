export type { Reading } from "./reading.ts";
export type { Uplink } from "./uplink.ts";
