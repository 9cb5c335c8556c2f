import type { NodeRed } from "../node-red.ts";
import { openPlatform, type Platform, type PlatformSettings } from "./platform.ts";

/** One connection for all nodes of this Node-RED, open as long as one of them is there. */
export interface Lease {
  readonly platform: Platform;
  /** The last one closes the connection. */
  release(): Promise<void>;
}

const shared = new WeakMap<object, { readonly platform: Platform; leases: number }>();

/** @throws Error when the settings file does not say where the platform is */
export function leasePlatform(RED: NodeRed): Lease {
  const { canhdong } = RED.settings as { canhdong?: PlatformSettings };
  if (canhdong === undefined) throw new Error("the settings file says nothing of the platform (canhdong: …)");
  const known = shared.get(canhdong) ?? { platform: openLogged(RED, canhdong), leases: 0 };
  shared.set(canhdong, known);
  known.leases++;
  return {
    platform: known.platform,
    async release() {
      if (--known.leases > 0) return;
      shared.delete(canhdong);
      await known.platform.close();
    },
  };
}

/** Without the editor nobody sees what stands under the nodes: the log says it, too, once. */
function openLogged({ log }: NodeRed, settings: PlatformSettings): Platform {
  const platform = openPlatform(settings);
  platform.onState((problem) => {
    if (problem === null) log.info(`[canhdong] ${settings.url}, ${settings.mqttUrl}`);
    else log.warn(`[canhdong] ${problem}`);
  });
  return platform;
}
