import { randomUUID } from "node:crypto";
import type { App } from "../app.ts";
import { ById, CommandInput, CommandSent, ConfigInput, ConfigKept } from "../management-shapes.ts";
import { type RouteParts, viewOf } from "./route-parts.ts";

const tags = ["devices"];

/** What goes down to a device. It waits for one that sleeps, so "accepted" is all that can be said at once. */
export function downlinkRoutes(app: App, parts: RouteParts): void {
  const { actions } = parts;

  app.post(
    "/devices/:id/commands",
    {
      config: { access: "admin" },
      schema: {
        tags,
        summary: "Send a command",
        params: ById,
        body: CommandInput,
        response: { 202: CommandSent },
      },
    },
    async (request, reply) => {
      const device = viewOf(parts, request).device(request.params.id);
      const command = { id: randomUUID(), ...request.body };
      await actions.sendCommand(device.id, command);
      return reply.code(202).send({ id: command.id });
    },
  );

  app.put(
    "/devices/:id/config",
    {
      config: { access: "admin" },
      schema: {
        tags,
        summary: "Set the desired settings, all of them",
        params: ById,
        body: ConfigInput,
        response: { 202: ConfigKept },
      },
    },
    async (request, reply) => {
      const device = viewOf(parts, request).device(request.params.id);
      const { revision } = await actions.setConfig(device.id, request.body.settings);
      return reply.code(202).send({ revision });
    },
  );
}
