import type { Command } from "commander";
import type { CommandContext } from "./context.ts";
import { coordinate, positiveNumber } from "./options.ts";
import { withRegistry } from "./registry-of.ts";
import { table } from "./table.ts";

interface PlaceOptions {
  readonly name: string;
  readonly communeCode?: string;
  readonly commune?: string;
  readonly model?: string;
  readonly area?: number;
  readonly latitude?: number;
  readonly longitude?: number;
}

/** `canhdong place …`: the parcels, ponds and sheds where devices stand. */
export function registerPlace(program: Command, context: CommandContext): void {
  const place = program.command("place").description("parcels, ponds and sheds: add, list, remove");
  const nowMs = context.now();

  place
    .command("add <kind> <id>")
    .description("kind: parcel, pond or shed")
    .requiredOption("--name <text>", "what people call it")
    .option("--commune-code <code>", "five digits of the General Statistics Office")
    .option("--commune <text>", "name of the commune")
    .option("--model <id>", "the linkage model it takes part in")
    .option("--area <ha>", "", positiveNumber)
    .option("--latitude <degrees>", "", coordinate)
    .option("--longitude <degrees>", "", coordinate)
    .action((kind: "parcel" | "pond" | "shed", id: string, options: PlaceOptions) =>
      withRegistry(context, (registry) => {
        registry.addPlace(
          {
            id,
            kind,
            name: options.name,
            communeCode: options.communeCode ?? null,
            communeName: options.commune ?? null,
            linkageModel: options.model ?? null,
            areaHa: options.area ?? null,
            latitude: options.latitude ?? null,
            longitude: options.longitude ?? null,
          },
          nowMs,
        );
        context.out(`${kind} ${id} is there. Put a device on it: canhdong device move DEVICE ${id}\n`);
      }),
    );

  place
    .command("list")
    .description("all places and what stands there")
    .action(() =>
      withRegistry(context, (registry) => {
        const rows = registry.places().map(({ id, kind, name, communeName }) => {
          const there = registry
            .devices()
            .filter((device) => registry.placementAt(device.id, nowMs)?.place === id);
          return [id, kind, name, communeName ?? "-", there.map((device) => device.id).join(" ")];
        });
        context.out(
          rows.length === 0
            ? "There is no place yet. Add one: canhdong place add pond ID --name TEXT\n"
            : table([["ID", "KIND", "NAME", "COMMUNE", "DEVICES"], ...rows]),
        );
      }),
    );

  place
    .command("remove <id>")
    .description("closes a place on which nothing stands; its history stays")
    .action((id: string) =>
      withRegistry(context, (registry) => {
        registry.removePlace(id, nowMs);
        context.out(`${id} is removed.\n`);
      }),
    );
}
