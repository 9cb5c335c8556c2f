import type { Decoded } from "./decoded.ts";

/**
 * What each device said in one uplink, for those who follow devices one by one: a gateway's uplink becomes one for each
 * device that it spoke for. Rejections stay with the uplink and are in none of them.
 */
export function ofEachDevice(decoded: Decoded): readonly Decoded[] {
  const { devices, uplink } = decoded;
  if (devices === undefined) return [decoded];
  const readings = Map.groupBy(decoded.readings, ({ device }) => device);
  const rejections = Map.groupBy(decoded.rejections, ({ device }) => device ?? uplink.device);
  const links = Map.groupBy(decoded.links ?? [], ({ device }) => device);
  const flags = Map.groupBy(decoded.flags ?? [], ({ device }) => device);
  return devices.map((device) => ({
    uplink: { ...uplink, device },
    readings: readings.get(device) ?? [],
    rejections: rejections.get(device) ?? [],
    decoder: decoded.decoder,
    links: links.get(device) ?? [],
    flags: flags.get(device) ?? [],
  }));
}
