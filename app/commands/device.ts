import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { importDevices, modelOf, type Registry, similarModels, topicsOf } from "../../devices/index.ts";
import { type CommandContext, UserError } from "./context.ts";
import { coordinate, positiveNumber, timeBefore } from "./options.ts";
import { withRegistry } from "./registry-of.ts";
import { table } from "./table.ts";

interface DeviceSettings {
  readonly label?: string;
  readonly model?: string;
  readonly devEui?: string;
  readonly interval?: number;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly mountingHeight?: number;
}
interface DeviceOptions extends DeviceSettings {
  readonly place?: string;
}

/** `canhdong device …`: which devices may connect, and where they stand. */
export function registerDevice(program: Command, context: CommandContext): void {
  const device = program
    .command("device")
    .description("the devices: add, change, list, move, rotate, remove, import");
  const nowMs = context.now();

  withSettings(device.command("add <id>"))
    .description("lets a device connect; prints its secret, once")
    .option("--place <id>", "parcel, pond or shed where it stands from now on")
    .addHelpText(
      "after",
      `
Example:
  $ canhdong device add ao-tom-1 --label "Ao tôm số 1" --interval 600 --place ao-1
  $ mosquitto_pub -h 127.0.0.1 -i ao-tom-1 -u ao-tom-1 -P SECRET -q 1 \\
      -t canhdong/v1/ao-tom-1/telemetry -m '{"values":{"water.dissolvedOxygen":5.2}}'

A LoRaWAN node, as its box calls it:
  $ canhdong device add ruong-12 --model lse01 --dev-eui A84041FFFF123456 --interval 1200 --place thua-12`,
    )
    .action((id: string, options: DeviceOptions) => {
      context.err(modelDoubt(options.model));
      return withRegistry(context, (registry) => context.out(added(registry, id, options, nowMs)));
    });

  withSettings(device.command("change <id>"))
    .description("changes what is known of a device; what is not named stays")
    .action((id: string, options: DeviceSettings) => {
      context.err(modelDoubt(options.model));
      return withRegistry(context, (registry) => {
        registry.updateDevice(id, fieldsOf(options), nowMs);
        context.out(`${id} is changed. What came before: canhdong redecode --from … --device ${id}\n`);
      });
    });

  device
    .command("list")
    .description("all devices, where they stand, and how often they send")
    .option("--removed", "also those that were removed")
    .action(({ removed = false }: { removed?: boolean }) =>
      withRegistry(context, (registry) => context.out(listed(registry, removed, nowMs))),
    );

  device
    .command("move <id> [place]")
    .description("says where a device stands; without a place: nowhere")
    .option("--from <time>", "since when (also in the past: its readings follow)", timeBefore(nowMs), nowMs)
    .action((id: string, place: string | undefined, { from }: { from: number }) =>
      withRegistry(context, (registry) => {
        registry.moveDevice(id, place ?? null, from, nowMs);
        context.out(
          `${id} stands ${place === undefined ? "nowhere" : `at ${place}`} since ${localTime(from)}.\n`,
        );
      }),
    );

  device
    .command("rotate <id>")
    .description("gives a device a new secret; prints it, once")
    .option("--keep-old <hours>", "the old secret goes on working for so long", positiveNumber)
    .action((id: string, { keepOld }: { keepOld?: number }) =>
      withRegistry(context, (registry) => {
        const old = keepOld === undefined ? {} : { oldValidUntilMs: nowMs + keepOld * 3_600_000 };
        context.out(`secret  ${registry.rotateSecret(id, nowMs, old)}\n`);
      }),
    );

  device
    .command("remove <id>")
    .description("lets a device connect no more; its history stays")
    .action((id: string) =>
      withRegistry(context, (registry) => {
        registry.removeDevice(id, nowMs);
        context.out(`${id} is removed. Its readings stay.\n`);
      }),
    );

  device
    .command("import <file.csv>")
    .description("adds every device of a table, or none; prints id,secret lines")
    .addHelpText(
      "after",
      "\nColumns: id (needed), label, model, dev_eui, interval_s, place, latitude, longitude, mounting_height_cm.",
    )
    .action((file: string) =>
      withRegistry(context, (registry) => context.out(imported(registry, file, nowMs))),
    );
}

function withSettings(command: Command): Command {
  return command
    .option("--label <text>", "what people call it")
    .option("--model <name>", "device model, which knows how to decode its uplinks (default: native)")
    .option("--dev-eui <16 hex digits>", "of a LoRaWAN device, from its label")
    .option("--interval <seconds>", "how often it usually sends", positiveNumber)
    .option("--latitude <degrees>", "", coordinate)
    .option("--longitude <degrees>", "", coordinate)
    .option(
      "--mounting-height <cm>",
      "above the zero of the water level, for a distance sensor",
      positiveNumber,
    );
}

function added(registry: Registry, id: string, options: DeviceOptions, nowMs: number): string {
  const { device, secret } = registry.atomically(() => {
    const made = registry.addDevice({ id, ...fieldsOf(options) }, nowMs);
    if (options.place !== undefined) registry.moveDevice(id, options.place, nowMs, nowMs);
    return made;
  });
  return table([
    ["device", device.id],
    ["secret", `${secret}   (told this once)`],
    ["user name", `${device.id}   (client id, too)`],
    ["publishes", topicsOf(device.id).telemetry],
  ]);
}

function fieldsOf(options: DeviceSettings) {
  return {
    ...(options.label !== undefined && { label: options.label }),
    ...(options.model !== undefined && { model: options.model }),
    ...(options.devEui !== undefined && { devEui: options.devEui }),
    ...(options.interval !== undefined && { intervalMs: Math.round(options.interval * 1000) }),
    ...(options.latitude !== undefined && { latitude: options.latitude }),
    ...(options.longitude !== undefined && { longitude: options.longitude }),
    ...(options.mountingHeight !== undefined && { mountingHeightCm: options.mountingHeight }),
  };
}

/** A name that no model has is allowed (whatever speaks JSON needs none), and may be a slip. */
function modelDoubt(name: string | undefined): string {
  if (name === undefined || name === "native" || modelOf(name) !== undefined) return "";
  const similar = similarModels(name);
  return similar.length === 0 ? "" : `No model is called ${name}. Did you mean ${similar.join(" or ")}?\n`;
}

function listed(registry: Registry, removed: boolean, nowMs: number): string {
  const devices = registry.devices({ removed });
  if (devices.length === 0) return "There is no device yet. Add one: canhdong device add ID\n";
  const rows = devices.map(({ id, label, model, devEui, intervalMs, removedAtMs }) => [
    id,
    label,
    model,
    devEui ?? "-",
    intervalMs === null ? "-" : `${intervalMs / 1000} s`,
    registry.placementAt(id, nowMs)?.place ?? "-",
    removedAtMs === null ? "" : `removed ${localTime(removedAtMs)}`,
  ]);
  return table([["ID", "LABEL", "MODEL", "DEVEUI", "INTERVAL", "PLACE", ""], ...rows]);
}

function imported(registry: Registry, file: string, nowMs: number): string {
  const report = importDevices(registry, readText(file), nowMs);
  if (report.ok) return report.devices.map(({ id, secret }) => `${id},${secret}\n`).join("");
  const problems = report.problems.map(({ line, column, message }) =>
    [`  ${file}:${line}`, column, message].filter(Boolean).join("  "),
  );
  throw new UserError(
    `No device was added. ${file} has ${problems.length} problem(s):\n${problems.join("\n")}`,
  );
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

function localTime(ms: number): string {
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Asia/Ho_Chi_Minh",
    dateStyle: "short",
    timeStyle: "short",
  }).format(ms);
}
