import type { JournaledUplink } from "../journal/journal.ts";
import { type Directory, type FoundDevice, findDevice } from "./directory.ts";
import type { Harvest } from "./harvest.ts";
import { shown } from "./plain-text.ts";

/*
 * Who may speak for whom.
 *
 * A device speaks for itself. A service or a foreign broker (`service:NAME`, `intake:NAME`) speaks for the device that
 * the topic names: that it may use the topic was decided before, by its filters. Where only the body names a device,
 * anybody could write any name there: then whoever delivers it must be the gateway that the registry gives the device.
 */

/** Where another system's name of a device stood. */
export type NamedIn = "topic" | "body";

/** The device of that name, or why nobody may be spoken for under it. */
export function speakerNamed(
  name: string,
  namedIn: NamedIn,
  publisher: string,
  directory: Directory,
): FoundDevice | { readonly refusal: string } {
  const found = findDevice(name, directory);
  if (found === undefined) return { refusal: unknownText(name) };
  if (maySpeakFor(found, publisher, namedIn)) return found;
  return { refusal: foreignText(found.id, publisherName(publisher)) };
}

/**
 * Makes the device of that name the one whose values are taken from now on.
 *
 * @returns the device; null, and a rejection, when there is none or the publisher may not speak for it
 */
export function speakFor(
  name: string,
  namedIn: NamedIn,
  uplink: JournaledUplink,
  harvest: Harvest,
  directory: Directory,
): FoundDevice | null {
  const speaker = speakerNamed(name, namedIn, uplink.device, directory);
  if ("refusal" in speaker) {
    harvest.refuse("unknown-device", () => speaker.refusal, null, null);
    return null;
  }
  harvest.speakFor(speaker.id, speaker.known);
  return speaker;
}

/** Whether a program or a broker handed the uplink over, and not a device itself. */
export function isHandedOver(publisher: string): boolean {
  return publisher.includes(":");
}

function maySpeakFor({ id, known }: FoundDevice, publisher: string, namedIn: NamedIn): boolean {
  if (id === publisher) return true;
  if (namedIn === "topic" && isHandedOver(publisher)) return true;
  return known.gateway != null && known.gateway === publisherName(publisher);
}

/** `bridge` of `service:bridge`; a device's id as it is. */
function publisherName(publisher: string): string {
  return publisher.slice(publisher.indexOf(":") + 1);
}

function unknownText(name: string): string {
  return `no device ${shown(name)} is registered, by its id nor by its EUI; register it, then decode again`;
}

function foreignText(id: string, publisher: string): string {
  return `${shown(publisher)} may not speak for ${shown(id)}: it is not the gateway that the registry gives it`;
}
