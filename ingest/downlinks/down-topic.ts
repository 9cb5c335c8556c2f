import { parseForeignTopic } from "../../devices/index.ts";

/**
 * Where commands for a device go, told by a topic under which it was heard: the same place, the other direction. Null where
 * that system takes none for a single device.
 */
export function downTopicOf(uplinkTopic: string): string | null {
  const place = parseForeignTopic(uplinkTopic);
  if (place === null || place.device === null) return null;
  switch (place.system) {
    case "chirpstack":
      return uplinkTopic.replace(/\/event\/[^/]+$/, "/command/down");
    case "the-things-stack":
      return uplinkTopic.replace(/^(v3\/[^/]+\/devices\/[^/]+)\/.*$/, "$1/down/push");
    case "zigbee2mqtt":
      return `zigbee2mqtt/${place.device}/set`;
    case "tasmota":
      return `cmnd/${place.device}/Backlog`;
    default:
      return null;
  }
}
