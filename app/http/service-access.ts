import type { FastifyRequest } from "fastify";
import { covers } from "../../broker/matching/filters.ts";
import { type Service, topicsOf } from "../../devices/index.ts";
import type { View } from "./access.ts";
import type { Registry } from "./http-parts.ts";
import { forbidden, HttpProblem, notFound } from "./problems.ts";

/**
 * A program that asks with the name and the secret that it has at the broker, and may do here what its topic filters let it
 * do there: one secret, one list of rights.
 */
export interface ServiceAccess {
  /** @throws 401 when it is no service, 403 when it is a person */
  serviceOf(request: FastifyRequest): Service;
  /** What it sees: devices whose telemetry it may hear. Alerts come to it over the broker. */
  viewOf(service: Service): View;
  /** @throws 404 when there is no such device, 403 unless it may publish its commands */
  assertMayCommand(service: Service, device: string): void;
  /** @throws 403 unless it may publish under `messageRight` of this person */
  assertMayTell(service: Service, person: string): void;
}

/** Nothing is published there: the filter that covers it is the right to have this person told something. */
export const messageRight = (person: string) => `canhdong/v1/services/messages/${person}`;

export function createServiceAccess(
  registry: Pick<Registry, "service" | "verifyService" | "device" | "devices">,
  now: () => number,
): ServiceAccess {
  return {
    serviceOf(request) {
      const given = basicOf(request);
      const isRight = given !== null && registry.verifyService(given.name, given.secret, now());
      const service = isRight ? registry.service(given.name) : undefined;
      if (service !== undefined) return service;
      if (request.caller !== null) throw forbidden("Only a service may do this.");
      throw notAService();
    },
    viewOf(service) {
      const isSeen = (id: string) => mayHear(service, id) && registry.device(id)?.removedAtMs === null;
      const found = (id: string) => {
        const device = isSeen(id) ? registry.device(id) : undefined;
        if (device === undefined) throw notFound(`device ${id}`);
        return device;
      };
      return {
        everything: false,
        devices: () => registry.devices().filter(({ id }) => mayHear(service, id)),
        places: () => [],
        seesDevice: isSeen,
        device: found,
        place(id) {
          throw notFound(`place ${id}`);
        },
        visibleFromMs: () => Number.NEGATIVE_INFINITY,
        seesPlace: () => false,
      };
    },
    assertMayCommand(service, device) {
      if (registry.device(device)?.removedAtMs !== null) throw notFound(`device ${device}`);
      const topic = topicsOf(device).command;
      if (!mayPublish(service, topic)) throw mayNot(service, "publish", topic);
    },
    assertMayTell(service, person) {
      const topic = messageRight(person);
      if (!mayPublish(service, topic)) throw mayNot(service, "publish", topic);
    },
  };
}

const mayHear = ({ subscribe }: Service, device: string) =>
  subscribe.some((filter) => covers(filter, topicsOf(device).telemetry));

const mayPublish = ({ publish }: Service, topic: string) => publish.some((filter) => covers(filter, topic));

const mayNot = ({ name }: Service, what: string, topic: string) =>
  forbidden(`The service ${name} has no right to ${what} ${topic}; see \`canhdong service\`.`);

const notAService = () =>
  new HttpProblem(401, {
    error: "not-a-service",
    message: "Ask with the name and the secret of a service (Authorization: Basic); see `canhdong service`.",
  });

/** RFC 7617: `Basic` and base64 of `name:secret`; a name has no colon. */
function basicOf(request: FastifyRequest): { readonly name: string; readonly secret: string } | null {
  const encoded = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(request.headers.authorization ?? "")?.[1];
  if (encoded === undefined) return null;
  const [name, ...secret] = Buffer.from(encoded, "base64").toString().split(":");
  return { name: name as string, secret: secret.join(":") };
}
