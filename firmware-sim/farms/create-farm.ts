import type { Uplink } from "../../devices/index.ts";
import type { Trouble } from "../faults/trouble.ts";
import type { Position } from "../gateway/radio.ts";
import type { Site } from "../world/site.ts";
import type { SkyEvent } from "../world/sky/events.ts";
import { Commune } from "./commune.ts";
import { type FarmEvents, type OpenField, openField } from "./open-field.ts";
import { checkTroubles, type Plan } from "./plan.ts";
import type { Platform, Station } from "./platform.ts";

export interface FarmParts {
  /** The same seed is the same weather, noise and chance. */
  readonly seed: number;
  /** Simulated time at which it begins, milliseconds since 1970 UTC. */
  readonly startMs: number;
  readonly platform: Platform;
  /** Typhoons, foehn and cold spells come by climate, too. Default true. */
  readonly climateEvents?: boolean;
  readonly events?: FarmEvents;
}

/** A value of one place at one time, as it truly was. */
export interface TruthAt {
  readonly atMs: number;
  readonly value: number;
}

export interface FarmAccount {
  readonly nodes: number;
  /** Uplinks that reached the platform, copies included. */
  readonly arrived: number;
  /** Of nodes that speak MQTT: readings (single values), as in a fleet's account. */
  readonly measured: number;
  readonly acknowledged: number;
  readonly inFlight: number;
  readonly buffered: number;
  readonly dropped: number;
  readonly resent: number;
  readonly connects: number;
  /** Of LoRaWAN nodes: frames sent, and those that a gateway heard. */
  readonly frames: number;
  readonly framesHeard: number;
}

/** A farm in virtual time: places, nodes and gateways, put up in words, then lived through. */
export interface Farm {
  readonly startMs: number;
  /** Up to where it has lived. */
  readonly nowMs: number;
  /** @throws once time has begun */
  commune(name: string, centre: Position): Commune;
  /** Something will go wrong. @throws once time has begun */
  suffers(...troubles: readonly Trouble[]): void;
  /** Weather is ordered. @throws once time has begun */
  sky(...events: readonly SkyEvent[]): void;
  /** Somebody does something at a place. @throws once time has begun, or when there is no such place */
  at(atMs: number, place: string, act: (site: Site) => void): void;
  /** Looks at the truth of a place every so often, whether or not a node measures it. @throws once time has begun */
  observe(place: string, quantity: string, everyMs: number): void;
  /** What was observed. */
  truth(place: string, quantity: string): readonly TruthAt[];
  /** Lives on. When it resolves, the platform has taken, stored and judged all that arrived until then. */
  runUntil(untilMs: number): Promise<void>;
  account(): FarmAccount;
  /** Everybody who was put up. */
  stations(): readonly Station[];
}

/** So much is lived through before the platform is asked to keep it. */
const strideMs = 12 * 3_600_000;
/** So many strides a platform may be behind: one of another thread works on them meanwhile. */
const mostStridesAhead = 8;

export function createFarm(parts: FarmParts): Farm {
  const { seed, startMs, platform, climateEvents = true, events = {} } = parts;
  const plan: Plan = { places: [], gateways: [], troubles: [], sky: [] };
  const deeds: { readonly atMs: number; readonly place: string; readonly act: (site: Site) => void }[] = [];
  const observed = new Map<string, { readonly everyMs: number; readonly seen: TruthAt[] }>();
  let field: OpenField | null = null;
  let nowMs = startMs;

  function mustNotHaveBegun(what: string): void {
    if (field !== null) throw new Error(`time has begun: ${what} comes before the first runUntil`);
  }

  function placeOf(name: string): void {
    if (plan.places.some((place) => place.name === name)) return;
    throw new Error(
      `there is no place called ${name}; there are ${plan.places.map((p) => p.name).join(", ")}`,
    );
  }

  function begin(): OpenField {
    checkTroubles(plan);
    const opened = openField({ plan, seed, startMs, climateEvents, deeds, observed, events });
    platform.enlist(opened.stations);
    return opened;
  }

  return {
    startMs,
    get nowMs() {
      return nowMs;
    },
    commune(name, centre) {
      mustNotHaveBegun("a commune");
      return new Commune(name, centre, plan);
    },
    suffers(...troubles) {
      mustNotHaveBegun("what goes wrong");
      plan.troubles.push(...troubles);
    },
    sky(...events) {
      mustNotHaveBegun("the weather");
      plan.sky.push(...events);
    },
    at(atMs, place, act) {
      mustNotHaveBegun("what somebody does");
      placeOf(place);
      deeds.push({ atMs, place, act });
    },
    observe(place, quantity, everyMs) {
      mustNotHaveBegun("an observer");
      placeOf(place);
      observed.set(`${place} ${quantity}`, { everyMs, seen: [] });
    },
    truth: (place, quantity) => observed.get(`${place} ${quantity}`)?.seen ?? [],
    async runUntil(untilMs) {
      field ??= begin();
      const beingTaken: Promise<void>[] = [];
      while (nowMs < untilMs) {
        nowMs = Math.min(untilMs, nowMs + strideMs);
        const taken = platform.take(field.liveUntil(nowMs), nowMs);
        // Whether it failed is asked when it is its turn.
        taken.catch(() => {});
        beingTaken.push(taken);
        if (beingTaken.length > mostStridesAhead) await beingTaken.shift();
      }
      await Promise.all(beingTaken);
    },
    account() {
      field ??= begin();
      return field.account();
    },
    stations() {
      field ??= begin();
      return field.stations;
    },
  };
}

/** The farm's uplinks in one line each, to be compared byte by byte. */
export function uplinkLine({ device, topic, receivedAtMs, payload }: Uplink): string {
  return `${receivedAtMs} ${device} ${topic} ${Buffer.from(payload).toString()}`;
}
