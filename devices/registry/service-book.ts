import { checked, Ms } from "./fields.ts";
import type { Write } from "./ledger.ts";
import { alreadyExists, notFound } from "./registry-error.ts";
import { type NewService, type Service, ServiceFields, type ServicePatch } from "./service.ts";
import type { Store } from "./store.ts";

export interface ServiceBook {
  service(name: string): Service | undefined;
  services(): Service[];
  /** @returns the service and its secret, which cannot be had again */
  addService(service: NewService, nowMs: number): { readonly service: Service; readonly secret: string };
  updateService(name: string, patch: ServicePatch, nowMs: number): Service;
  removeService(name: string, nowMs: number): void;
  /** As `rotateSecret` of a device. */
  rotateServiceSecret(name: string, nowMs: number, options?: { readonly oldValidUntilMs?: number }): string;
  /** As `verifyDevice`. */
  verifyService(name: string, secret: string, nowMs: number): boolean;
}

export function serviceBook({ services, serviceSecrets }: Store, write: Write): ServiceBook {
  function current(name: string): Service {
    const service = services.get(name);
    if (service === undefined) throw notFound("service", name);
    return service;
  }

  return {
    service: (name) => services.get(name),
    services: () => services.all(),

    addService: (added, nowMs) =>
      write((log) => {
        const fields = checked(ServiceFields, added, `service "${added.name}"`);
        if (services.get(fields.name) !== undefined) throw alreadyExists("service", fields.name);
        const service: Service = { ...fields, addedAtMs: nowMs };
        services.put(service);
        const secret = serviceSecrets.issue(service.name, nowMs);
        log({
          atMs: nowMs,
          kind: "service",
          id: service.name,
          action: "added",
          before: null,
          after: service,
        });
        return { service, secret };
      }),

    updateService: (name, patch, nowMs) =>
      write((log) => {
        const before = current(name);
        const { addedAtMs, ...settings } = before;
        const fields = checked(ServiceFields, { ...settings, ...patch, name }, `service "${name}"`);
        const after = { ...fields, addedAtMs };
        services.put(after);
        log({ atMs: nowMs, kind: "service", id: name, action: "changed", before, after });
        return after;
      }),

    removeService: (name, nowMs) =>
      write((log) => {
        const before = current(name);
        services.delete(name);
        log({ atMs: nowMs, kind: "service", id: name, action: "removed", before, after: null });
      }),

    rotateServiceSecret: (name, nowMs, { oldValidUntilMs = nowMs } = {}) =>
      write((log) => {
        current(name);
        checked(Ms, oldValidUntilMs, "end of the old secret");
        const secret = serviceSecrets.issue(name, nowMs, oldValidUntilMs);
        const after = { oldValidUntilMs };
        log({ atMs: nowMs, kind: "service", id: name, action: "secret-rotated", before: null, after });
        return secret;
      }),

    verifyService: (name, secret, nowMs) => serviceSecrets.verify(name, secret, nowMs),
  };
}
