import { z } from "zod";
import type { Person } from "../../../devices/index.ts";
import type { App } from "../app.ts";
import { callerOf } from "../caller.ts";
import { badRequest, forbidden, HttpProblem } from "../problems.ts";
import { Me, NewPassword, SignIn } from "../shapes.ts";
import type { RouteParts } from "./route-parts.ts";

const tags = ["session"];

/** Signing in and out, and the own password. */
export function sessionRoutes(app: App, parts: RouteParts): void {
  const { registry, sessions, cookie, now } = parts;

  app.post(
    "/session",
    {
      config: { access: "anyone" },
      schema: { tags, summary: "Sign in", body: SignIn, response: { 200: Me } },
    },
    async (request, reply) => {
      const { name, password } = request.body;
      const person = await checkPassword(name, password, request.ip);
      if (person === null) throw wrongPassword();
      cookie.write(reply, sessions.issue(person, now()));
      return meOf(person);
    },
  );

  app.get(
    "/session",
    {
      config: { beforePasswordChange: true },
      schema: { tags, summary: "Who is signed in", response: { 200: Me } },
    },
    async (request) => {
      const { person } = callerOf(request);
      return person === null ? commandLine : meOf(person);
    },
  );

  app.delete(
    "/session",
    { config: { access: "anyone" }, schema: { tags, summary: "Sign out", response: { 204: z.undefined() } } },
    async (_request, reply) => {
      cookie.clear(reply);
      return reply.code(204).send();
    },
  );

  app.post(
    "/session/password",
    {
      config: { beforePasswordChange: true },
      schema: {
        tags,
        summary: "Choose another password; ends all other sessions of this person",
        body: NewPassword,
        response: { 200: Me },
      },
    },
    async (request, reply) => {
      const { person } = callerOf(request);
      if (person === null) throw forbidden("The command line has no password of its own.");
      const { current, next } = request.body;
      if (next === current) throw badRequest("body.next", "must differ from the current password");
      if ((await checkPassword(person.id, current, request.ip)) === null) throw wrongPassword();
      const changed = await registry.as(person.id).setPassword(person.id, next, now());
      cookie.write(reply, sessions.issue(changed, now()));
      return meOf(changed);
    },
  );

  async function checkPassword(name: string, password: string, address: string): Promise<Person | null> {
    const waitMs = parts.attempts.begin(name, address, now());
    if (waitMs > 0) throw tooManyAttempts(waitMs);
    const person = (await registry.verifyPassword(name, password)) ?? null;
    // The name is not logged: people type their password into the wrong field.
    if (person === null) parts.log.warn({ address }, "http: a sign-in was refused");
    else parts.attempts.succeeded(name, address);
    return person;
  }
}

const commandLine: Me = {
  id: "local",
  name: "canhdong",
  role: "admin",
  language: "en",
  mustChangePassword: false,
};

const meOf = ({ id, name, role, language, mustChangePassword }: Person): Me => ({
  id,
  name,
  role,
  language,
  mustChangePassword,
});

const wrongPassword = () =>
  new HttpProblem(401, { error: "wrong-password", message: "Name and password do not belong together." });

function tooManyAttempts(waitMs: number): HttpProblem {
  const minutes = Math.ceil(waitMs / 60_000);
  const message = `Too many wrong passwords. Try again in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`;
  return new HttpProblem(429, { error: "too-many-attempts", message }, waitMs);
}
