import { randomBytes } from "node:crypto";
import { z } from "zod";
import {
  addressKinds,
  addressOf,
  consentPurposes,
  maskedEmail,
  maskedPhone,
  media,
  type Person,
} from "../../../devices/index.ts";
import { erasePerson, personFile } from "../../../ingest/recipients/index.ts";
import type { App } from "../app.ts";
import { callerOf } from "../caller.ts";
import { ById } from "../management-shapes.ts";
import {
  ConsentEntry,
  ConsentInput,
  ConsentList,
  OneTimePassword,
  OwnConsentInput,
  OwnTelling,
  PersonInput,
  PersonPatch,
  PersonSummary,
  TellingInput,
} from "../people-shapes.ts";
import { forbidden, notFound } from "../problems.ts";
import { present } from "./devices.ts";
import { type RouteParts, viewOf } from "./route-parts.ts";

const tags = ["people"];
const admin = { access: "admin" } as const;
const staff = { access: "staff" } as const;

/**
 * Who signs in and who is told: all of them for administrators, the farmers whom they look after for officers, and for each person what
 * is their own. Addresses are masked everywhere.
 */
export function peopleRoutes(app: App, parts: RouteParts): void {
  const { registry, watch, now } = parts;

  app.get(
    "/people",
    {
      config: staff,
      schema: {
        tags,
        summary: "All people; for an officer the farmers of their communes",
        response: { 200: z.object({ people: z.array(PersonSummary) }) },
      },
    },
    async (request) => ({ people: registry.people().filter(lookedAfterBy(request)).map(summaryOf) }),
  );

  app.post(
    "/people",
    {
      config: admin,
      schema: { tags, summary: "Add a person", body: PersonInput, response: { 201: OneTimePassword } },
    },
    async (request, reply) => {
      const writes = registry.as(callerOf(request).id);
      const { id } = writes.addPerson(present(request.body), now());
      const password = randomBytes(9).toString("base64url");
      await writes.setPassword(id, password, now(), { mustChange: true });
      return reply.code(201).send({ person: id, password });
    },
  );

  app.patch(
    "/people/:id",
    {
      config: admin,
      schema: {
        tags,
        summary: "Change some fields",
        params: ById,
        body: PersonPatch,
        response: { 200: PersonSummary },
      },
    },
    async (request) => {
      const { id } = known(request.params.id);
      return summaryOf(registry.as(callerOf(request).id).updatePerson(id, present(request.body), now()));
    },
  );

  app.get(
    "/people/:id/file",
    {
      config: admin,
      schema: {
        tags,
        summary: "Everything that is kept of a person, for them to have",
        params: ById,
        response: { 200: z.record(z.string(), z.unknown()) },
      },
    },
    async (request) => {
      const { id } = request.params;
      const file = personFile(registry, watch.persons, id, now());
      if (file === undefined) throw notFound(`person ${id}`);
      return { ...file };
    },
  );

  app.delete(
    "/people/:id",
    {
      config: admin,
      schema: {
        tags,
        summary: "Erase a person; what they did about alerts stays under a pseudonym",
        params: ById,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const { removePerson } = registry.as(callerOf(request).id);
      const eraser = { person: registry.person, removePerson };
      const pseudonym = `erased-${randomBytes(4).toString("hex")}`;
      if (!erasePerson(eraser, watch.persons, { id, pseudonym, nowMs: now() }))
        throw notFound(`person ${id}`);
      return reply.code(204).send();
    },
  );

  app.get(
    "/people/:id/consents",
    {
      config: staff,
      schema: {
        tags,
        summary: "What a person agreed to and took back",
        params: ById,
        response: { 200: ConsentList },
      },
    },
    async (request) => ({ consents: [...registry.consentsOf(seen(request, request.params.id).id)] }),
  );

  app.post(
    "/people/:id/consents",
    {
      config: staff,
      schema: {
        tags,
        summary: "Write down what a person said",
        params: ById,
        body: ConsentInput,
        response: { 201: ConsentEntry },
      },
    },
    async (request, reply) => {
      const { id } = seen(request, request.params.id);
      const consent = { ...request.body, person: id };
      return reply.code(201).send(registry.as(callerOf(request).id).writeConsent(consent, now()));
    },
  );

  app.get(
    "/session/telling",
    { schema: { tags, summary: "How I am told, and what I agreed to", response: { 200: OwnTelling } } },
    async (request) => ownOf(self(request)),
  );

  app.put(
    "/session/telling",
    { schema: { tags, summary: "How I like to be told", body: TellingInput, response: { 200: OwnTelling } } },
    async (request) => {
      const { id } = self(request);
      return ownOf(registry.as(id).updatePerson(id, { telling: request.body.telling }, now()));
    },
  );

  app.post(
    "/session/consents",
    {
      schema: {
        tags,
        summary: "I agree, or take it back",
        body: OwnConsentInput,
        response: { 201: ConsentEntry },
      },
    },
    async (request, reply) => {
      const { id } = self(request);
      const consent = { ...request.body, person: id, how: "on the page" };
      return reply.code(201).send(registry.as(id).writeConsent(consent, now()));
    },
  );

  function known(id: string): Person {
    const person = registry.person(id);
    if (person === undefined) throw notFound(`person ${id}`);
    return person;
  }

  /** What lies outside of what an officer looks after answers as if it were not there. */
  function seen(request: Asking, id: string): Person {
    const person = known(id);
    if (!lookedAfterBy(request)(person)) throw notFound(`person ${id}`);
    return person;
  }

  function lookedAfterBy(request: Asking): (person: Person) => boolean {
    if (callerOf(request).role === "admin") return () => true;
    const view = viewOf(parts, request);
    return ({ role, places }) =>
      role === "farmer" && (view.everything || places.some((place) => view.seesPlace(place)));
  }

  function self(request: Asking): Person {
    const { person } = callerOf(request);
    if (person === null) throw forbidden("The command line is nobody in particular: name the person.");
    return person;
  }

  function ownOf(person: Person) {
    return { person: summaryOf(person), ledger: [...registry.consentsOf(person.id)] };
  }

  function summaryOf(person: Person): PersonSummary {
    const { id, name, role, language, places, communes, telling, addedAtMs } = person;
    const addresses = addressKinds.flatMap((kind) => {
      const address = addressOf(person, kind);
      return address === null ? [] : [{ kind, masked: masked(kind, address) }];
    });
    const consents = consentPurposes.flatMap((purpose) =>
      media.filter((medium) => registry.consents(id, purpose, medium)).map((medium) => ({ purpose, medium })),
    );
    return { id, name, role, language, addresses, places, communes, telling, consents, addedAtMs };
  }
}

type Asking = Parameters<typeof callerOf>[0];

function masked(kind: (typeof addressKinds)[number], address: string): string {
  if (kind === "phone") return maskedPhone(address);
  return kind === "email" ? maskedEmail(address) : "•".repeat(6) + address.slice(-2);
}
