import type { z } from "zod";
import { checked } from "./fields.ts";
import { type Gateway, GatewayFields, type GatewayPatch, type NewGateway } from "./gateway.ts";
import type { Write } from "./ledger.ts";
import { alreadyExists, notFound, RegistryError } from "./registry-error.ts";
import type { Store } from "./store.ts";

export interface GatewayBook {
  gateway(id: string): Gateway | undefined;
  gateways(options?: { readonly removed?: boolean }): Gateway[];
  addGateway(gateway: NewGateway, nowMs: number): Gateway;
  updateGateway(id: string, patch: GatewayPatch, nowMs: number): Gateway;
  /** @throws RegistryError `in-use` while devices name it */
  removeGateway(id: string, nowMs: number): void;
}

export function gatewayBook({ gateways, devices }: Store, write: Write): GatewayBook {
  function current(id: string): Gateway {
    const gateway = gateways.get(id);
    if (gateway === undefined || gateway.removedAtMs !== null) throw notFound("gateway", id);
    return gateway;
  }

  return {
    gateway: (id) => gateways.get(id),
    gateways: ({ removed = false } = {}) =>
      removed ? gateways.all() : gateways.all().filter(({ removedAtMs }) => removedAtMs === null),

    addGateway: (added, nowMs) =>
      write((log) => {
        const fields = checkedFields(added, String(added.id));
        const before = gateways.get(fields.id) ?? null;
        if (before !== null && before.removedAtMs === null) throw alreadyExists("gateway", fields.id);
        const gateway: Gateway = { ...fields, addedAtMs: before?.addedAtMs ?? nowMs, removedAtMs: null };
        gateways.put(gateway);
        log({ atMs: nowMs, kind: "gateway", id: gateway.id, action: "added", before, after: gateway });
        return gateway;
      }),

    updateGateway: (id, patch, nowMs) =>
      write((log) => {
        const before = current(id);
        const { addedAtMs, removedAtMs, ...settings } = before;
        const after = { ...checkedFields({ ...settings, ...patch, id }, id), addedAtMs, removedAtMs };
        gateways.put(after);
        log({ atMs: nowMs, kind: "gateway", id, action: "changed", before, after });
        return after;
      }),

    removeGateway: (id, nowMs) =>
      write((log) => {
        const before = current(id);
        const user = devices.all().find(({ gateway, removedAtMs }) => gateway === id && removedAtMs === null);
        if (user) {
          throw new RegistryError(
            "in-use",
            `device "${user.id}" names gateway "${id}": give it another one first`,
          );
        }
        const after = { ...before, removedAtMs: nowMs };
        gateways.put(after);
        log({ atMs: nowMs, kind: "gateway", id, action: "removed", before, after });
      }),
  };
}

function checkedFields(value: unknown, id: string): z.output<typeof GatewayFields> {
  const fields = checked(GatewayFields, value, `gateway "${id}"`);
  return { ...fields, label: fields.label || fields.id };
}
