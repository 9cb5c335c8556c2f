import { z } from "zod";
import type { App } from "../app.ts";
import { callerOf } from "../caller.ts";
import { ById, PlaceDetail, PlaceInput, PlacePatch } from "../management-shapes.ts";
import { present } from "./devices.ts";
import { type RouteParts, viewOf } from "./route-parts.ts";

const tags = ["places"];

/** Parcels, ponds and sheds. */
export function placeRoutes(app: App, parts: RouteParts): void {
  const { registry, now } = parts;

  app.get(
    "/places",
    {
      schema: { tags, summary: "All places", response: { 200: z.object({ places: z.array(PlaceDetail) }) } },
    },
    async (request) => ({ places: [...viewOf(parts, request).places()] }),
  );

  app.get(
    "/places/:id",
    { schema: { tags, summary: "One place", params: ById, response: { 200: PlaceDetail } } },
    async (request) => viewOf(parts, request).place(request.params.id),
  );

  app.post(
    "/places",
    {
      config: { access: "admin" },
      schema: { tags, summary: "Add a place", body: PlaceInput, response: { 201: PlaceDetail } },
    },
    async (request, reply) => {
      return reply.code(201).send(registry.as(callerOf(request).id).addPlace(request.body, now()));
    },
  );

  app.patch(
    "/places/:id",
    {
      config: { access: "admin" },
      schema: {
        tags,
        summary: "Change some fields",
        params: ById,
        body: PlacePatch,
        response: { 200: PlaceDetail },
      },
    },
    async (request) => {
      const { id } = viewOf(parts, request).place(request.params.id);
      return registry.as(callerOf(request).id).updatePlace(id, present(request.body), now());
    },
  );

  app.delete(
    "/places/:id",
    {
      config: { access: "admin" },
      schema: {
        tags,
        summary: "Refused while devices stand there",
        params: ById,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { id } = viewOf(parts, request).place(request.params.id);
      registry.as(callerOf(request).id).removePlace(id, now());
      return reply.code(204).send();
    },
  );
}
