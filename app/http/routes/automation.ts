import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { Command } from "../../../devices/index.ts";
import type { App } from "../app.ts";
import { ById, CommandSent } from "../management-shapes.ts";
import { notFound } from "../problems.ts";
import { createServiceAccess } from "../service-access.ts";
import { DeviceLatest, Severity } from "../shapes.ts";
import { openEvents } from "./live.ts";
import type { RouteParts } from "./route-parts.ts";

/** As it goes to the device; the id is the service's own, so that the same command sent twice is done once. */
const CommandOfService = z.strictObject({
  id: Command.shape.id,
  name: Command.shape.name,
  args: z.record(z.string(), z.unknown()).default({}),
  expiresAt: z.iso.datetime().describe("After this the device must not begin."),
});

const Line = z.string().trim().min(1).max(300);
const InBothLanguages = z.strictObject({ vi: Line, en: Line });
const MessageOfService = z.strictObject({
  key: z.string().min(1).max(200).describe("The same key again is the same message."),
  person: z.string(),
  about: z.string().describe("Id of the device that it is about."),
  severity: Severity,
  title: InBothLanguages.describe("What happened."),
  advice: InBothLanguages.describe("What to do."),
});
const MessageKept = z.object({
  channels: z.number().int().describe("By how many channels the person is told; 0: nothing is sent."),
});

/**
 * What automations beside the platform (docs/node-red.md) need, and no more: to see what some devices measure, to
 * command some, to have some persons told something. They
 * are services, not people, so the sessions of people do not open these routes, and services open no others.
 */
export function automationRoutes(app: App, parts: RouteParts): void {
  const { registry, store, watch, actions, serviceMessages, live, log, now } = parts;
  const services = createServiceAccess(registry, now);
  const viewOf = (request: FastifyRequest) => services.viewOf(services.serviceOf(request));
  // Open to anyone but for the service's own proof, and not among what the API offers to people.
  const config = { access: "anyone" } as const;
  const hide = true;

  app.get(
    "/automation/devices/:id/latest",
    { config, schema: { hide, params: ById, response: { 200: DeviceLatest } } },
    async (request) => {
      const { id } = viewOf(request).device(request.params.id);
      return { device: id, lastSeenMs: watch.lastSeen(id), latest: store.latest([id]) };
    },
  );

  app.get(
    "/automation/live",
    {
      config,
      exposeHeadRoute: false,
      schema: { hide, headers: z.looseObject({ "last-event-id": z.string().max(100).optional() }) },
    },
    (request, reply) => {
      const person = `service:${services.serviceOf(request).name}`;
      live.assertRoom(person);
      live.open(
        openEvents(reply),
        { person, view: () => viewNow(request) },
        request.headers["last-event-id"],
      );
    },
  );

  app.post(
    "/automation/devices/:id/commands",
    { config, schema: { hide, params: ById, body: CommandOfService, response: { 202: CommandSent } } },
    async (request, reply) => {
      const service = services.serviceOf(request);
      const { id: device } = request.params;
      services.assertMayCommand(service, device);
      await actions.sendCommand(device, request.body);
      log.info(
        { by: `service:${service.name}`, device, command: request.body.id },
        "http: a service commands",
      );
      return reply.code(202).send({ id: request.body.id });
    },
  );

  app.post(
    "/automation/messages",
    { config, schema: { hide, body: MessageOfService, response: { 202: MessageKept } } },
    async (request, reply) => {
      const service = services.serviceOf(request);
      const { person, about } = request.body;
      services.assertMayTell(service, person);
      if (registry.person(person) === undefined) throw notFound(`person ${person}`);
      if (registry.device(about)?.removedAtMs !== null) throw notFound(`device ${about}`);
      const channels = serviceMessages.tell({ ...request.body, from: service.name }, now());
      log.info({ by: `service:${service.name}`, person, about, channels }, "http: a service tells a person");
      return reply.code(202).send({ channels });
    },
  );

  /** Null once the service is removed, or its secret is another. */
  function viewNow(request: FastifyRequest) {
    try {
      return viewOf(request);
    } catch {
      return null;
    }
  }
}
