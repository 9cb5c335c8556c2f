import { z } from "zod";
import type { Device } from "../../../devices/index.ts";
import type { View } from "../access.ts";
import type { App } from "../app.ts";
import { callerOf } from "../caller.ts";
import {
  ById,
  DeviceDetail,
  DeviceInput,
  DevicePatch,
  Move,
  Rotation,
  Secret,
} from "../management-shapes.ts";
import { DeviceSummary } from "../shapes.ts";
import { type RouteParts, viewOf } from "./route-parts.ts";

const tags = ["devices"];

/** Devices: what they are, where they stood when, and their secrets. */
export function deviceRoutes(app: App, parts: RouteParts): void {
  const { registry, summaries, now } = parts;

  app.get(
    "/devices",
    {
      schema: {
        tags,
        summary: "All devices",
        response: { 200: z.object({ devices: z.array(DeviceSummary) }) },
      },
    },
    async (request) => {
      const view = viewOf(parts, request);
      return { devices: summaries.devices(view.devices(), view, now()) };
    },
  );

  app.get(
    "/devices/:id",
    { schema: { tags, summary: "One device", params: ById, response: { 200: DeviceDetail } } },
    async (request) => {
      const view = viewOf(parts, request);
      return detail(view.device(request.params.id), view);
    },
  );

  app.post(
    "/devices",
    {
      config: { access: "admin" },
      schema: {
        tags,
        summary: "Add a device; the answer tells its secret",
        body: DeviceInput,
        response: { 201: Secret },
      },
    },
    async (request, reply) => {
      const { place, ...device } = request.body;
      const writes = registry.as(callerOf(request).id);
      const nowMs = now();
      const { secret } = writes.atomically(() => {
        const added = writes.addDevice(device, nowMs);
        if (place !== null) writes.moveDevice(device.id, place, nowMs);
        return added;
      });
      return reply.code(201).send({ device: device.id, secret });
    },
  );

  app.patch(
    "/devices/:id",
    {
      config: { access: "admin" },
      schema: {
        tags,
        summary: "Change some fields",
        params: ById,
        body: DevicePatch,
        response: { 200: DeviceDetail },
      },
    },
    async (request) => {
      const view = viewOf(parts, request);
      const { id } = view.device(request.params.id);
      return detail(registry.as(callerOf(request).id).updateDevice(id, present(request.body), now()), view);
    },
  );

  app.delete(
    "/devices/:id",
    {
      config: { access: "admin" },
      schema: {
        tags,
        summary: "It may not connect any more; its history stays",
        params: ById,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { id } = viewOf(parts, request).device(request.params.id);
      registry.as(callerOf(request).id).removeDevice(id, now());
      return reply.code(204).send();
    },
  );

  app.post(
    "/devices/:id/rotate",
    {
      config: { access: "admin" },
      schema: { tags, summary: "A new secret", params: ById, body: Rotation, response: { 200: Secret } },
    },
    async (request) => {
      const { id } = viewOf(parts, request).device(request.params.id);
      const nowMs = now();
      const oldValidUntilMs = nowMs + request.body.oldValidForMs;
      const secret = registry.as(callerOf(request).id).rotateSecret(id, nowMs, { oldValidUntilMs });
      return { device: id, secret };
    },
  );

  app.post(
    "/devices/:id/move",
    {
      config: { access: "admin" },
      schema: {
        tags,
        summary: "It stands somewhere else, now or since a time in the past",
        params: ById,
        body: Move,
        response: { 200: DeviceDetail },
      },
    },
    async (request) => {
      const view = viewOf(parts, request);
      const device = view.device(request.params.id);
      const { place, fromMs = now() } = request.body;
      registry.as(callerOf(request).id).moveDevice(device.id, place, fromMs, now());
      return detail(device, view);
    },
  );

  function detail(device: Device, view: View): z.infer<typeof DeviceDetail> {
    const { devEui, mountingHeightCm, latitude, longitude, gateway, addedAtMs } = device;
    const placements = registry.placementsOf(device.id).filter(({ place }) => view.seesPlace(place));
    return {
      ...summaries.device(device, view, now()),
      devEui,
      mountingHeightCm,
      latitude,
      longitude,
      gateway,
      addedAtMs,
      placements: placements.map(({ place, fromMs, toMs }) => ({ place, fromMs, toMs })),
    };
  }
}

/** The fields that were sent. JSON cannot say `undefined`, but zod's types can. */
export function present<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return fields as { [K in keyof T]: Exclude<T[K], undefined> };
}
