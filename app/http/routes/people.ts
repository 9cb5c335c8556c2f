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
import type { RouteParts } from "./route-parts.ts";

const tags = ["people"];
const admin = { access: "admin" } as const;

/** Who signs in and who is told: for administrators, and for each person what is their own. Addresses are masked everywhere. */
export function peopleRoutes(app: App, { registry, watch, now }: RouteParts): void {
  app.get(
    "/people",
    {
      config: admin,
      schema: {
        tags,
        summary: "All people",
        response: { 200: z.object({ people: z.array(PersonSummary) }) },
      },
    },
    async () => ({ people: registry.people().map(summaryOf) }),
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
      config: admin,
      schema: {
        tags,
        summary: "What a person agreed to and took back",
        params: ById,
        response: { 200: ConsentList },
      },
    },
    async (request) => ({ consents: [...registry.consentsOf(known(request.params.id).id)] }),
  );

  app.post(
    "/people/:id/consents",
    {
      config: admin,
      schema: {
        tags,
        summary: "Write down what a person said",
        params: ById,
        body: ConsentInput,
        response: { 201: ConsentEntry },
      },
    },
    async (request, reply) => {
      const { id } = known(request.params.id);
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

  function self(request: Parameters<typeof callerOf>[0]): Person {
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

function masked(kind: (typeof addressKinds)[number], address: string): string {
  if (kind === "phone") return maskedPhone(address);
  return kind === "email" ? maskedEmail(address) : "•".repeat(6) + address.slice(-2);
}
