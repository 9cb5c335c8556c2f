import { startOfDateMs } from "../../../calendar/index.ts";
import type { App } from "../app.ts";
import { callerOf } from "../caller.ts";
import { CultivationInput, CultivationList } from "../cultivation-shapes.ts";
import { ById } from "../management-shapes.ts";
import { present } from "./devices.ts";
import { type RouteParts, viewOf } from "./route-parts.ts";

const tags = ["places"];

/** What grows at a place, and in what soil, from which day on: rules ask for it, and what is reckoned of readings. */
export function cultivationRoutes(app: App, parts: RouteParts): void {
  const { registry, now } = parts;
  const listOf = (place: string) => ({ cultivations: [...registry.cultivationsOf(place)] });

  app.get(
    "/places/:id/cultivation",
    {
      schema: {
        tags,
        summary: "What grew there, and from when on",
        params: ById,
        response: { 200: CultivationList },
      },
    },
    async (request) => listOf(viewOf(parts, request).place(request.params.id).id),
  );

  app.post(
    "/places/:id/cultivation",
    {
      config: { access: "staff" },
      schema: {
        tags,
        summary: "Tell what grows there from a day on; what is left out stays as it was, null ends it",
        params: ById,
        body: CultivationInput,
        response: { 201: CultivationList },
      },
    },
    async (request, reply) => {
      const { id } = viewOf(parts, request).place(request.params.id);
      const { fromDate, ...told } = request.body;
      registry.as(callerOf(request).id).cultivate(id, present(told), startOfDateMs(fromDate), now());
      return reply.code(201).send(listOf(id));
    },
  );
}
