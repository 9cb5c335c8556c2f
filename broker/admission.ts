import { deviceIdRule, isDeviceId } from "../devices/topics.ts";
import { publicationOf } from "./access.ts";
import type { Credentials } from "./broker.ts";
import type { Flapping } from "./guards/flapping.ts";
import { isText } from "./matching/filters.ts";
import { type RefusalReason, type Refusals, Refused } from "./refusals.ts";
import { nameOf, type Visit, type Visitor } from "./visit.ts";

/** MQTT 3.1.1, table 3.1: what a CONNACK can say. */
const returnCode = { identifierRejected: 2, unavailable: 3, badCredentials: 4, notAuthorized: 5 } as const;
type ReturnCode = (typeof returnCode)[keyof typeof returnCode];

const longestServiceClientId = 128;

export interface AdmissionParts {
  readonly credentials: Credentials;
  readonly flapping: Flapping;
  readonly refusals: Refusals;
  readonly now: () => number;
}

/**
 * Decides who a CONNECT comes from.
 * @throws Refused, already counted and logged, with the code of the CONNACK
 */
export type Admission = (visit: Visit, username: string | undefined, password: Buffer | undefined) => Visitor;

export function createAdmission({ credentials, flapping, refusals, now }: AdmissionParts): Admission {
  function refuse(visit: Visit, reason: RefusalReason, code: ReturnCode, message: string): Refused {
    refusals.note(reason, { ...nameOf(visit), username: visit.connect?.username?.slice(0, 100) }, message);
    return new Refused(message, code);
  }

  function identify(visit: Visit, username: string, secret: string): Visitor {
    const clientId = visit.connect!.clientId;
    const isDevice = isDeviceId(username) && credentials.device(username, secret);
    if (isDevice && clientId === username) return { kind: "device", id: username };
    if (isDevice) {
      throw refuse(
        visit,
        "client-id",
        returnCode.identifierRejected,
        `the client id of a device must be its user name, "${username}"`,
      );
    }
    const rights = credentials.service(username, secret);
    if (rights !== null) return { kind: "service", id: username, rights };
    throw refuse(
      visit,
      "credentials",
      returnCode.badCredentials,
      "unknown device or service, or wrong secret",
    );
  }

  function checkClientId(visit: Visit): void {
    const { clientId } = visit.connect!;
    if (isText(clientId) && clientId.length <= longestServiceClientId) return;
    const right = `right is the device id: ${deviceIdRule}`;
    const wrong = clientId === "" ? "the client id is empty" : "the client id is too long or not text";
    throw refuse(visit, "client-id", returnCode.identifierRejected, `${wrong}; ${right}`);
  }

  function checkWill(visit: Visit, visitor: Visitor): void {
    const will = visit.connect!.will;
    if (will === undefined) return;
    const kind = publicationOf(visitor, will.topic)?.kind;
    const allowed = visitor.kind === "device" ? kind === "status" : kind === "message";
    if (allowed) return;
    const message = "the last will may only be published to the device's own status topic";
    throw refuse(visit, "will", returnCode.notAuthorized, message);
  }

  return (visit, username, password) => {
    checkClientId(visit);
    if (username === undefined || username === "" || password === undefined) {
      const message = "user name or password is missing; right are the device id and its secret";
      throw refuse(visit, "credentials", returnCode.badCredentials, message);
    }
    const visitor = identify(visit, username, password.toString());
    checkWill(visit, visitor);
    if (!flapping.admit(sessionIdOf(visitor, visit.connect!.clientId), now())) {
      throw refuse(visit, "flapping", returnCode.unavailable, "connects too often; kept out for a while");
    }
    return visitor;
  };
}

/**
 * The id under which Aedes keeps the client. A service's client ids live in a namespace of their own, which no device
 * id can reach, so that a service never takes over a device's connection or session.
 */
export function sessionIdOf(visitor: Visitor, clientId: string): string {
  return visitor.kind === "device" ? visitor.id : `${visitor.id}/${clientId}`;
}
