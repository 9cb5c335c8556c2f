import type { KeyObject } from "node:crypto";
import type { DatabaseSync } from "../../sqlite/open-sqlite.ts";
import { Consents } from "./consents.ts";
import { Cultivations } from "./cultivations.ts";
import { DevEuis } from "./dev-euis.ts";
import { type Device, deviceFields } from "./device.ts";
import { type Gateway, gatewayFields } from "./gateway.ts";
import { Ledger } from "./ledger.ts";
import { Moves } from "./moves.ts";
import { People } from "./people.ts";
import { type Place, placeFields } from "./place.ts";
import { Secrets } from "./secrets.ts";
import { type Service, serviceFields } from "./service.ts";
import { Table } from "./table.ts";

/** The tables of the registry, joined to the ledger that keeps their mirrors current. */
export interface Store {
  readonly ledger: Ledger;
  readonly devices: Table<Device>;
  readonly devEuis: DevEuis;
  readonly deviceSecrets: Secrets;
  readonly moves: Moves;
  readonly gateways: Table<Gateway>;
  readonly places: Table<Place>;
  readonly cultivations: Cultivations;
  readonly people: People;
  readonly consents: Consents;
  readonly services: Table<Service>;
  readonly serviceSecrets: Secrets;
}

export function createStore(db: DatabaseSync, key: KeyObject): Store {
  const devices = new Table<Device>(db, { name: "devices", fields: deviceFields });
  const devEuis = new DevEuis(devices);
  const deviceSecrets = new Secrets(db, key, "device_secrets");
  const moves = new Moves(db);
  const gateways = new Table<Gateway>(db, { name: "gateways", fields: gatewayFields });
  const places = new Table<Place>(db, { name: "places", fields: placeFields });
  const cultivations = new Cultivations(db);
  const people = new People(db, key);
  const consents = new Consents(db);
  const services = new Table<Service>(db, {
    name: "services",
    fields: serviceFields,
    json: ["publish", "subscribe"],
  });
  const serviceSecrets = new Secrets(db, key, "service_secrets");
  const ledger = new Ledger(db, {
    device: [devices.mirror, devEuis, deviceSecrets.mirror, moves.mirror],
    gateway: [gateways.mirror],
    place: [places.mirror, cultivations.mirror],
    person: [...people.mirrors, consents.mirror],
    service: [services.mirror, serviceSecrets.mirror],
  });
  return {
    ledger,
    devices,
    devEuis,
    deviceSecrets,
    moves,
    gateways,
    places,
    cultivations,
    people,
    consents,
    services,
    serviceSecrets,
  };
}
