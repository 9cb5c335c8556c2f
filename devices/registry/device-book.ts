import type { z } from "zod";
import { type Device, DeviceFields, type DevicePatch, type NewDevice } from "./device.ts";
import { checked, Ms } from "./fields.ts";
import type { Write } from "./ledger.ts";
import { alreadyExists, notFound, RegistryError } from "./registry-error.ts";
import type { Store } from "./store.ts";

export interface DeviceBook {
  /** Also one that was removed: its readings still name it. */
  device(id: string): Device | undefined;
  /** Whichever present device has this DevEUI, in any case. Reads memory. */
  deviceByEui(devEui: string): Device | undefined;
  devices(options?: { readonly removed?: boolean }): Device[];
  /**
   * An id that was removed comes back to life with the new settings and a new secret.
   * @returns the device and its secret, which cannot be had again
   */
  addDevice(device: NewDevice, nowMs: number): { readonly device: Device; readonly secret: string };
  updateDevice(id: string, patch: DevicePatch, nowMs: number): Device;
  /** It cannot connect any more and stands nowhere; its history stays. */
  removeDevice(id: string, nowMs: number): void;
  /**
   * @param options.oldValidUntilMs the old secret works until then (not given: it ends now), so that a node which has
   *   to be reached first can still send
   * @returns the new secret, which cannot be had again
   */
  rotateSecret(id: string, nowMs: number, options?: { readonly oldValidUntilMs?: number }): string;
  /** Whether this is a valid secret of the device. Some microseconds, in constant time; no query. */
  verifyDevice(id: string, secret: string, nowMs: number): boolean;
}

export function deviceBook(store: Store, write: Write): DeviceBook {
  const { devices, devEuis, deviceSecrets, moves, gateways } = store;

  function current(id: string): Device {
    const device = devices.get(id);
    if (device === undefined || device.removedAtMs !== null) throw notFound("device", id);
    return device;
  }

  function checkedFields(value: unknown, id: string): z.output<typeof DeviceFields> {
    const fields = checked(DeviceFields, value, `device "${id}"`);
    const gateway = fields.gateway === null ? null : gateways.get(fields.gateway);
    if (gateway === undefined || (gateway && gateway.removedAtMs !== null))
      throw notFound("gateway", fields.gateway!);
    const holder = fields.devEui === null ? undefined : devEuis.deviceOf(fields.devEui);
    if (holder !== undefined && holder !== id) throw euiTaken(fields.devEui!, holder);
    return { ...fields, label: fields.label || fields.id };
  }

  return {
    device: (id) => devices.get(id),
    deviceByEui: (devEui) => devices.get(devEuis.deviceOf(devEui.toLowerCase()) ?? ""),
    devices: ({ removed = false } = {}) =>
      removed ? devices.all() : devices.all().filter(({ removedAtMs }) => removedAtMs === null),

    addDevice: (added, nowMs) =>
      write((log) => {
        const fields = checkedFields(added, String(added.id));
        const before = devices.get(fields.id) ?? null;
        if (before !== null && before.removedAtMs === null) throw alreadyExists("device", fields.id);
        const device: Device = { ...fields, addedAtMs: before?.addedAtMs ?? nowMs, removedAtMs: null };
        devices.put(device);
        const secret = deviceSecrets.issue(device.id, nowMs);
        log({ atMs: nowMs, kind: "device", id: device.id, action: "added", before, after: device });
        return { device, secret };
      }),

    updateDevice: (id, patch, nowMs) =>
      write((log) => {
        const before = current(id);
        const { addedAtMs, removedAtMs, ...settings } = before;
        const after = { ...checkedFields({ ...settings, ...patch, id }, id), addedAtMs, removedAtMs };
        devices.put(after);
        log({ atMs: nowMs, kind: "device", id, action: "changed", before, after });
        return after;
      }),

    removeDevice: (id, nowMs) =>
      write((log) => {
        const before = current(id);
        const after = { ...before, removedAtMs: nowMs };
        devices.put(after);
        deviceSecrets.revoke(id);
        moves.forgetFrom(id, nowMs);
        if (moves.placementAt(id, nowMs) !== undefined) moves.put(id, null, nowMs);
        log({ atMs: nowMs, kind: "device", id, action: "removed", before, after });
      }),

    rotateSecret: (id, nowMs, { oldValidUntilMs = nowMs } = {}) =>
      write((log) => {
        current(id);
        checked(Ms, oldValidUntilMs, "end of the old secret");
        const secret = deviceSecrets.issue(id, nowMs, oldValidUntilMs);
        const after = { oldValidUntilMs };
        log({ atMs: nowMs, kind: "device", id, action: "secret-rotated", before: null, after });
        return secret;
      }),

    verifyDevice: (id, secret, nowMs) => deviceSecrets.verify(id, secret, nowMs),
  };
}

function euiTaken(devEui: string, holder: string): RegistryError {
  return new RegistryError(
    "already-exists",
    `device "${holder}" has the DevEUI ${devEui} already: remove that one first, or check the label`,
  );
}
