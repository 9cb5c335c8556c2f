import { chirpstack } from "./chirpstack/chirpstack.ts";
import { derived } from "./derived/derived.ts";
import type { Dialect } from "./dialect.ts";
import { native } from "./native/native.ts";
import { senml } from "./senml/senml.ts";
import { tasmota } from "./tasmota/tasmota.ts";
import { theThingsStack } from "./the-things-stack/the-things-stack.ts";
import { thingsboard } from "./thingsboard/thingsboard.ts";
import { zigbee2mqtt } from "./zigbee2mqtt/zigbee2mqtt.ts";

/** Every dialect that is understood. A new one is a folder here and a line below; the first is asked first. */
export const dialects: readonly Dialect[] = [
  native,
  senml,
  chirpstack,
  theThingsStack,
  thingsboard,
  tasmota,
  zigbee2mqtt,
  derived,
];
