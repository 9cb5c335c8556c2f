import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { isDeviceId, type NewDevice, type NewPlace, type Registry } from "../../devices/index.ts";
import { UserError } from "../commands/context.ts";

/** A device that is to be there, and where it is to stand. */
export interface Enlisted extends Pick<NewDevice, "id" | "label" | "intervalMs" | "latitude" | "longitude"> {
  readonly place?: NewPlace;
}

/** Who writes meanwhile (a server that starts) waits for so many. */
const devicesAtOnce = 500;

/**
 * Sees to it that these devices are in the registry and that their secrets are known: adds what is missing, with the
 * places, and gives a new secret where the old one is not known any more. The registry keeps only hashes, so the
 * secrets are kept in a file beside it, which its owner alone can read.
 *
 * @param book path of that file: lines `id,secret`
 * @returns secrets by device
 */
export function enlist(
  registry: Registry,
  devices: readonly Enlisted[],
  book: string,
  nowMs: number,
): ReadonlyMap<string, string> {
  const known = existsSync(book) ? readCredentials(book) : new Map<string, string>();
  const secrets = new Map(known);
  for (let at = 0; at < devices.length; at += devicesAtOnce) {
    registry.atomically(() => {
      for (const { place, ...device } of devices.slice(at, at + devicesAtOnce)) {
        secrets.set(device.id, secretOf(registry, device, known, nowMs));
        if (place !== undefined) stand(registry, device.id, place, nowMs);
      }
    });
  }
  if (devices.some(({ id }) => secrets.get(id) !== known.get(id))) writeCredentials(book, secrets);
  return secrets;
}

/** @throws UserError naming every line that is no `id,secret` */
export function readCredentials(file: string): Map<string, string> {
  const lines = textOf(file).split(/\r?\n/);
  const pairs = lines.map((line, i) => ({
    at: i + 1,
    parts: line
      .trim()
      .split(",")
      .map((part) => part.trim()),
  }));
  const given = pairs.filter(({ parts }) => parts[0] !== "" && parts.join() !== "id,secret");
  const wrong = given.filter(
    ({ parts: [id = "", secret], parts }) => parts.length !== 2 || !isDeviceId(id) || !secret,
  );
  if (wrong.length > 0) {
    throw new UserError(`${file}: lines must be "id,secret"; wrong: ${wrong.map(({ at }) => at).join(", ")}`);
  }
  return new Map(given.map(({ parts }) => [parts[0]!, parts[1]!]));
}

function secretOf(
  registry: Registry,
  device: Omit<Enlisted, "place">,
  known: ReadonlyMap<string, string>,
  nowMs: number,
): string {
  const there = registry.device(device.id);
  if (there === undefined || there.removedAtMs !== null) return registry.addDevice(device, nowMs).secret;
  if (device.intervalMs !== undefined && there.intervalMs !== device.intervalMs) {
    registry.updateDevice(device.id, { intervalMs: device.intervalMs ?? null }, nowMs);
  }
  const secret = known.get(device.id);
  if (secret !== undefined && registry.verifyDevice(device.id, secret, nowMs)) return secret;
  return registry.rotateSecret(device.id, nowMs);
}

function stand(registry: Registry, device: string, place: NewPlace, nowMs: number): void {
  const there = registry.place(place.id);
  if (there === undefined || there.removedAtMs !== null) registry.addPlace(place, nowMs);
  // Whoever moved it by hand had a reason.
  if (registry.placementsOf(device).length === 0) registry.moveDevice(device, place.id, nowMs);
}

function writeCredentials(file: string, secrets: ReadonlyMap<string, string>): void {
  const lines = [...secrets].map(([id, secret]) => `${id},${secret}\n`);
  writeFileSync(`${file}.new`, `id,secret\n${lines.join("")}`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new UserError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}
