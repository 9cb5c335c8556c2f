import { z } from "zod";
import type { Person } from "../../../devices/index.ts";
import type { App } from "../app.ts";
import { callerOf } from "../caller.ts";
import { PushState, PushSubscriptionInput } from "../people-shapes.ts";
import { forbidden, HttpProblem } from "../problems.ts";
import type { RouteParts } from "./route-parts.ts";

const tags = ["people"];

/** This very browser, to be told of alerts also when the page is closed: each person for themselves. */
export function pushRoutes(app: App, { registry, personal, now }: RouteParts): void {
  app.get(
    "/session/push",
    { schema: { tags, summary: "Whether browsers can be told, and mine is", response: { 200: PushState } } },
    async (request) => stateOf(self(request)),
  );

  app.put(
    "/session/push",
    {
      schema: {
        tags,
        summary: "Tell me in this browser; it takes the place of another one",
        body: PushSubscriptionInput,
        response: { 200: PushState },
      },
    },
    async (request) => {
      const person = self(request);
      if (personal.pushKey === null) throw noPush();
      const { textVersion, subscription } = request.body;
      const writes = registry.as(person.id);
      // Who presses the button has agreed: the address and the consent are kept together, or neither.
      return writes.atomically(() => {
        const webPush = JSON.stringify(subscription);
        const changed = writes.updatePerson(person.id, { webPush }, now());
        writes.writeConsent({ ...consentOf(person.id), given: true, textVersion }, now());
        return stateOf(changed);
      });
    },
  );

  app.delete(
    "/session/push",
    { schema: { tags, summary: "Tell me in no browser any more", response: { 204: z.undefined() } } },
    async (request, reply) => {
      const person = self(request);
      const writes = registry.as(person.id);
      writes.atomically(() => {
        if (registry.consents(person.id, "alerts", "web-push"))
          writes.writeConsent({ ...consentOf(person.id), given: false, textVersion: "-" }, now());
        writes.updatePerson(person.id, { webPush: null }, now());
      });
      return reply.code(204).send();
    },
  );

  function self(request: Parameters<typeof callerOf>[0]): Person {
    const { person } = callerOf(request);
    if (person === null) throw forbidden("The command line has no browser.");
    return person;
  }

  function stateOf({ id, webPush }: Person): PushState {
    const told = webPush !== null && registry.consents(id, "alerts", "web-push");
    return { key: personal.pushKey, endpoint: told ? endpointIn(webPush) : null };
  }
}

function consentOf(person: string) {
  return { person, purpose: "alerts", medium: "web-push", how: "button on the page" } as const;
}

/** Of what an administrator wrote down by hand, perhaps none. */
function endpointIn(webPush: string): string | null {
  try {
    return String((JSON.parse(webPush) as { endpoint?: unknown }).endpoint ?? "") || null;
  } catch {
    return null;
  }
}

const noPush = () =>
  new HttpProblem(409, {
    error: "not-configured",
    message: "No notifier of the kind web-push is configured; docs/channels.md says how.",
  });
