import type { Command } from "commander";
import { dateOf, dayStartMs } from "../../calendar/index.ts";
import type { Cultivation, CultivationTold } from "../../devices/index.ts";
import { knownTextures } from "../place-facts.ts";
import { type CommandContext, UserError } from "./context.ts";
import { coordinate, positiveNumber, timeBefore } from "./options.ts";
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

interface GrowOptions {
  readonly crop?: string;
  readonly variety?: string;
  readonly sown?: number;
  readonly harvested?: number;
  readonly stage?: string;
  readonly soil?: string;
  readonly rootDepth?: number;
  readonly altitude?: number;
  readonly from?: number;
}

/** @throws UserError */
function toldIn({
  crop,
  variety,
  sown,
  harvested,
  stage,
  soil,
  rootDepth,
  altitude,
  from,
}: GrowOptions): CultivationTold {
  const days = [sown, harvested, from].filter((day) => day !== undefined);
  if (days.length > 1) throw new UserError("One day is needed: --sown, --harvested or --from.");
  if (sown !== undefined && crop === undefined) throw new UserError("What was sown? --crop says it.");
  if (harvested !== undefined && crop !== undefined)
    throw new UserError("After --harvested nothing grows: leave --crop out.");
  if (soil !== undefined && !(knownTextures as readonly string[]).includes(soil))
    throw new UserError(`No soil texture ${soil} is known; there are: ${knownTextures.join(", ")}.`);
  return {
    ...(crop !== undefined && { crop }),
    ...(harvested !== undefined && { crop: null }),
    ...(variety !== undefined && { variety }),
    ...(stage !== undefined && { stage }),
    ...(soil !== undefined && { soilTexture: soil }),
    ...(rootDepth !== undefined && { rootDepthM: rootDepth }),
    ...(altitude !== undefined && { altitudeM: altitude }),
  };
}

function cultivationTable(id: string, cultivations: readonly Cultivation[]): string {
  if (cultivations.length === 0)
    return `Nobody has told what grows at ${id}: canhdong place grow ${id} --crop rice --sown 2026-06-01\n`;
  const rows = cultivations.map(({ fromMs, crop, variety, stage, soilTexture, rootDepthM, altitudeM }) => [
    dateOf(fromMs),
    ...[crop, variety, stage, soilTexture, rootDepthM, altitudeM].map((each) => String(each ?? "-")),
  ]);
  return table([["FROM", "CROP", "VARIETY", "STAGE", "SOIL", "ROOTS m", "ALTITUDE m"], ...rows]);
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
    .command("grow <id>")
    .description(
      "what grows or lives there, and in what soil, from a day on; without options: what was told so far",
    )
    .option("--crop <word>", "rice, coffee, tea, shrimp, pig …")
    .option("--variety <text>", "ST25, Robusta TR4 …")
    .option("--sown <date>", "the day from which on it grows there", timeBefore(nowMs))
    .option("--harvested <date>", "the day from which on nothing grows there", timeBefore(nowMs))
    .option("--stage <word>", "early, tillering, flowering, ripening …")
    .option("--soil <texture>", knownTextures.join(", "))
    .option("--root-depth <m>", "", positiveNumber)
    .option("--altitude <m>", "", coordinate)
    .option(
      "--from <date>",
      "the day from which on this is so; today when it is not given",
      timeBefore(nowMs),
    )
    .action((id: string, options: GrowOptions) =>
      withRegistry(context, (registry) => {
        const told = toldIn(options);
        if (Object.keys(told).length > 0)
          registry.cultivate(
            id,
            told,
            dayStartMs(options.sown ?? options.harvested ?? options.from ?? nowMs),
            nowMs,
          );
        context.out(cultivationTable(id, registry.cultivationsOf(id)));
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
