import type { App } from "../app.ts";
import type { RedecodeRange } from "../http-parts.ts";
import { BackupResult, RedecodeInput, RedecodeResult } from "../management-shapes.ts";
import { HttpProblem } from "../problems.ts";
import type { RouteParts } from "./route-parts.ts";

const tags = ["operation"];

/** Long work that an administrator starts; the answer comes when it is done. One of a kind at a time. */
export function upkeepRoutes(app: App, { actions }: RouteParts): void {
  const redecode = oneAtATime("re-decoding", (range: RedecodeRange) => actions.redecode(range));
  const backup = oneAtATime("backup", () => actions.backup());

  app.post(
    "/redecode",
    {
      config: { access: "admin" },
      schema: {
        tags,
        summary: "Decode what arrived in a span again, with today's decoders",
        body: RedecodeInput,
        response: { 200: RedecodeResult },
      },
    },
    async ({ body: { fromMs, toMs, device } }) =>
      redecode({ fromMs, toMs, ...(device !== undefined && { device }) }),
  );

  app.post(
    "/backup",
    {
      config: { access: "admin" },
      schema: {
        tags,
        summary: "Copy everything that is kept, while the server runs",
        response: { 200: BackupResult },
      },
    },
    async () => backup(),
  );
}

function oneAtATime<Input extends unknown[], Output>(
  what: string,
  work: (...input: Input) => Promise<Output>,
): (...input: Input) => Promise<Output> {
  let isRunning = false;
  return async (...input) => {
    if (isRunning) {
      throw new HttpProblem(409, {
        error: "already-running",
        message: `A ${what} is running already. Wait for it to end.`,
      });
    }
    isRunning = true;
    try {
      return await work(...input);
    } finally {
      isRunning = false;
    }
  };
}
