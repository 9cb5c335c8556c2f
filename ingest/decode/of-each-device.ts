import type { Decoded } from "./decoded.ts";

/**
 * What each device said in one uplink, for those who follow devices one by one: a gateway's uplink becomes one for each
 * device that it spoke for. Rejections stay with the uplink and are in none of them.
 */
export function ofEachDevice(decoded: Decoded): readonly Decoded[] {
  const { devices, uplink, readings, rejections, links = [], flags = [] } = decoded;
  if (devices === undefined) return [decoded];
  return devices.map((device) => ({
    uplink: { ...uplink, device },
    readings: readings.filter((reading) => reading.device === device),
    rejections: rejections.filter((rejection) => (rejection.device ?? uplink.device) === device),
    decoder: decoded.decoder,
    links: links.filter((link) => link.device === device),
    flags: flags.filter((flag) => flag.device === device),
  }));
}
