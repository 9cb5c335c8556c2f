import type { Command } from "commander";
import type { Gateway, Registry } from "../../devices/index.ts";
import type { GatewayInfo } from "../http/link-shapes.ts";
import type { CommandContext } from "./context.ts";
import { askLocalServer, localServer } from "./local-server.ts";
import { coordinate } from "./options.ts";
import { withRegistry } from "./registry-of.ts";
import { table } from "./table.ts";

interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

/** `canhdong gateway …`: what passes uplinks on from the radio, where it stands, and what it hears. */
export function registerGateway(program: Command, context: CommandContext): void {
  const gateway = program.command("gateway").description("the gateways: list, add, move, remove");
  const nowMs = context.now();

  gateway
    .command("list", { isDefault: true })
    .description("all gateways, and while the server runs what they hear, those that nobody added as well")
    .action(() =>
      withRegistry(context, async (registry) => context.out(await listed(context, registry, nowMs))),
    );

  gateway
    .command("add <id>")
    .description(
      "names a gateway, so that it is watched; the id is what the network calls it (LoRaWAN: its EUI)",
    )
    .option("--label <text>", "what people call it")
    .option("--latitude <degrees>", "", coordinate)
    .option("--longitude <degrees>", "", coordinate)
    .addHelpText(
      "after",
      '\nExample:\n  $ canhdong gateway add a84041ffff1eb5c0 --label "Nhà văn hóa thôn 3"',
    )
    .action((id: string, { label, latitude, longitude }: { label?: string } & Partial<Position>) =>
      withRegistry(context, (registry) => {
        const fields = { label: label ?? "", latitude: latitude ?? null, longitude: longitude ?? null };
        const added = registry.addGateway({ id: id.toLowerCase(), ...fields }, nowMs);
        context.out(`${added.id} is there.\n`);
      }),
    );

  gateway
    .command("move <id>")
    .description("says where a gateway stands from now on")
    .requiredOption("--latitude <degrees>", "", coordinate)
    .requiredOption("--longitude <degrees>", "", coordinate)
    .action((id: string, position: Position) =>
      withRegistry(context, (registry) => {
        const { label, latitude, longitude } = registry.updateGateway(id.toLowerCase(), position, nowMs);
        context.out(`${label} stands at ${latitude}, ${longitude}.\n`);
      }),
    );

  gateway
    .command("remove <id>")
    .description("forgets a gateway that no device names; what it passed on stays")
    .action((id: string) =>
      withRegistry(context, (registry) => {
        registry.removeGateway(id.toLowerCase(), nowMs);
        context.out(`${id.toLowerCase()} is removed.\n`);
      }),
    );
}

async function listed(context: CommandContext, registry: Registry, nowMs: number): Promise<string> {
  const isRunning = localServer(context) !== null;
  const rows = isRunning
    ? (await askLocalServer<{ gateways: GatewayInfo[] }>(context, "/gateways")).gateways.map((one) => [
        ...namesOf(one),
        one.lastHeardAtMs === null ? "never" : `${ago(nowMs - one.lastHeardAtMs)} ago`,
        `${one.lastDay.uplinks}`,
        `${one.lastDay.devices}`,
        one.registered ? "" : "nobody has added it",
      ])
    : registry.gateways().map((one) => [...namesOf(one), "?", "?", "?", "the server does not run"]);
  if (rows.length === 0) return "There is no gateway yet. Add one: canhdong gateway add ID\n";
  return table([["ID", "LABEL", "POSITION", "HEARD", "UPLINKS/DAY", "DEVICES/DAY", ""], ...rows]);
}

function namesOf({
  id,
  label,
  latitude,
  longitude,
}: Pick<Gateway, "id" | "label" | "latitude" | "longitude">) {
  return [id, label, latitude === null ? "-" : `${latitude}, ${longitude}`];
}

function ago(ms: number): string {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  if (minutes < 120) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`;
}
