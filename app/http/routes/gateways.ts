import type { Gateway } from "../../../devices/index.ts";
import type { App } from "../app.ts";
import type { Links } from "../http-parts.ts";
import {
  type DeviceLinkInfo,
  DeviceLinkInfo as DeviceLinkShape,
  type GatewayInfo,
  GatewayList,
} from "../link-shapes.ts";
import { ById } from "../management-shapes.ts";
import { type RouteParts, viewOf } from "./route-parts.ts";

type GatewayLink = ReturnType<Links["gateways"]>[number];

/** How the radio is: what gateways hear, and how each device is heard. */
export function gatewayRoutes(app: App, parts: RouteParts): void {
  const { registry, links, now } = parts;

  app.get(
    "/gateways",
    {
      config: { access: "staff" },
      schema: {
        tags: ["devices"],
        summary: "All gateways, added or only heard of, and what they hear",
        response: { 200: GatewayList },
      },
    },
    async () => {
      const heard = new Map(links.gateways(now()).map((link) => [link.gateway, link]));
      const registered = registry.gateways();
      const known = new Set(registered.map(({ id }) => id));
      return {
        gateways: [
          ...registered.map((gateway) => registeredGateway(gateway, heard.get(gateway.id))),
          ...[...heard.values()].filter(({ gateway }) => !known.has(gateway)).map(unknownGateway),
        ],
      };
    },
  );

  app.get(
    "/devices/:id/link",
    {
      schema: {
        tags: ["devices"],
        summary: "How gateways hear the device, and what was lost on the way",
        params: ById,
        response: { 200: DeviceLinkShape },
      },
    },
    async (request) => {
      const view = viewOf(parts, request);
      const { id } = view.device(request.params.id);
      const link = links.device(id, now());
      const isTheirs = (link?.lastHeardAtMs ?? link?.batteryAtMs ?? 0) >= view.visibleFromMs(id);
      return link === undefined || !isTheirs ? unheard(id) : { ...link, gateways: [...link.gateways] };
    },
  );
}

function registeredGateway(gateway: Gateway, link: GatewayLink | undefined): GatewayInfo {
  const { id, label, latitude, longitude } = gateway;
  return { id, label, registered: true, latitude, longitude, ...stateOf(link) };
}

function unknownGateway(link: GatewayLink): GatewayInfo {
  const { gateway: id } = link;
  return { id, label: id, registered: false, latitude: null, longitude: null, ...stateOf(link) };
}

function stateOf(link: GatewayLink | undefined): Pick<GatewayInfo, "lastHeardAtMs" | "lastDay"> {
  return { lastHeardAtMs: link?.lastHeardAtMs ?? null, lastDay: link?.lastDay ?? { uplinks: 0, devices: 0 } };
}

function unheard(device: string): DeviceLinkInfo {
  return {
    device,
    lastHeardAtMs: null,
    gateway: null,
    rssi: null,
    snr: null,
    spreadingFactor: null,
    frequencyHz: null,
    frameCounter: null,
    batteryPercent: null,
    batteryAtMs: null,
    lastDay: { received: 0, lost: 0, duplicates: 0, resets: 0 },
    gateways: [],
  };
}
