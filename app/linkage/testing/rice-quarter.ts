import { datesOf, hourMs, startOfDateMs } from "../../../calendar/index.ts";
import type { Registry } from "../../../devices/index.ts";
import { createUnitBook, openRegister, shippedUnits } from "../../../linkage/index.ts";
import { cooperative, keyProduct, model, zone } from "../../../linkage/registry/test-records.ts";

/** For tests: the rice model of Cẩm Bình with two nodes over a quarter, and beside it a model to which nobody brought a device. */

export const quarter = { name: "2026-Q3", from: "2026-06-15", to: "2026-09-14" } as const;
/** A day after it has closed. */
export const afterQuarterMs = startOfDateMs("2026-11-21") + 12 * hourMs;
export const riceModel = model;
export const orchard = { ...model, id: "cam-khe-may", name: "Liên kết cam Khe Mây", proofs: [] };
const edit = { who: "can-bo-1", nowMs: Date.UTC(2026, 0, 5) };

/** Fills the register of this file as the command line would. */
export function fillRegister(file: string): void {
  const register = openRegister(file, createUnitBook(shippedUnits()));
  register.put("cooperative", cooperative, edit);
  register.put("zone", zone, edit);
  register.put("key-product", keyProduct, edit);
  register.put("model", riceModel, edit);
  register.put("model", orchard, edit);
  register.close();
}

/** Changes one record, as an officer does who mends a mistake. */
export function changeModel(file: string, fields: object, nowMs: number): void {
  const register = openRegister(file, createUnitBook(shippedUnits()));
  register.put("model", { ...riceModel, ...fields }, { who: "can-bo-1", nowMs });
  register.close();
}

export const riceNodes = ["rice-1", "rice-2"] as const;

/** Two nodes in the zone, since the spring. */
export function plantNodes(registry: Pick<Registry, "addPlace" | "addDevice" | "moveDevice">): void {
  const atMs = startOfDateMs("2026-03-01");
  registry.addPlace(
    { id: "thua-lua", kind: "parcel", name: "Thửa lúa", linkageModel: riceModel.id, communeCode: "18685" },
    atMs,
  );
  for (const id of riceNodes) {
    const position = { latitude: 18.305, longitude: 105.905 };
    registry.addDevice({ id, label: `Nút ${id}`, intervalMs: 900_000, ...position }, atMs);
    registry.moveDevice(id, "thua-lua", atMs);
  }
}

/** A reading an hour of each node over the whole quarter, in which something moves. */
export function riceReadings() {
  return datesOf(quarter).flatMap((date, day) =>
    Array.from({ length: 24 }, (_, hour) => startOfDateMs(date) + hour * hourMs + 60_000).flatMap(
      (measuredAtMs, hour) =>
        riceNodes.map((device) => ({
          device,
          quantity: "soil.moisture",
          value: 20 + ((day * 24 + hour) % 7),
          measuredAtMs,
          receivedAtMs: measuredAtMs,
          live: false,
        })),
    ),
  );
}
