import { z } from "zod";
import type { App } from "../app.ts";
import { QuantityInfo } from "../shapes.ts";
import type { RouteParts } from "./route-parts.ts";

/** What can be measured. */
export function quantityRoutes(app: App, { quantities }: RouteParts): void {
  app.get(
    "/quantities",
    {
      schema: {
        tags: ["field"],
        summary: "Every quantity that can be stored, with its unit and what people call it",
        response: { 200: z.object({ quantities: z.array(QuantityInfo) }) },
      },
    },
    async () => ({ quantities: [...quantities.values()] }),
  );
}
