import { type AedesClient, visitOf } from "./aedes-client.ts";
import type { Refusals } from "./refusals.ts";
import { nameOf, type Visit } from "./visit.ts";

/**
 * Wraps a hook of Aedes. Aedes does not catch what a hook throws: it would end the process. A hook that throws is our
 * bug; it costs the one connection that met it, whose packet is then never answered.
 */
export type GuardHook = <Client extends object | null, Rest extends unknown[], Result>(
  name: string,
  hook: (visit: Visit, ...rest: Rest) => Result,
  withoutVisit: (...rest: Rest) => Result | undefined,
) => (client: Client, ...rest: Rest) => Result | undefined;

export function createHookGuard(refusals: Refusals): GuardHook {
  return (name, hook, withoutVisit) =>
    (client, ...rest) => {
      const visit = (client as AedesClient | null)?.[visitOf];
      try {
        return visit === undefined ? withoutVisit(...rest) : hook(visit, ...rest);
      } catch (error) {
        const fields = { hook: name, error: error instanceof Error ? error.stack : String(error) };
        refusals.note(
          "hook-failed",
          visit === undefined ? fields : { ...nameOf(visit), ...fields },
          "a hook failed",
        );
        visit?.client.conn.destroy();
        return undefined;
      }
    };
}
