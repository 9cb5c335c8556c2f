import type { Registry as DeviceRegistry, Quantity, Reading } from "../../devices/index.ts";
import type {
  AlertStep,
  Arming,
  ArmingWord,
  Delivery,
  OutboxMessage,
  PersonRecords,
  ProviderCall,
} from "../../ingest/alerts/index.ts";
import type { LinkBook } from "../../ingest/links/link-view.ts";
import type { QuarantineReader } from "../../ingest/quarantine/quarantine-view.ts";
import type { Channels, MessageLinks } from "../../ingest/recipients/index.ts";
import type { RedecodeAccount } from "../../ingest/redecode.ts";
import type { RulesFile } from "../../ingest/rules/index.ts";
import type { ReadingStore } from "../../ingest/stores/reading-store.ts";
import type { HttpSettings } from "./http-settings.ts";
import type { LinkageOffice } from "./linkage-office.ts";
import type { MetricSample } from "./metrics.ts";
import type { AlertInfo, Health, RefusedReading } from "./shapes.ts";

/** What the HTTP server needs of the rest, and no more. The composition root joins it to the real parts. */
export interface HttpParts {
  readonly settings: HttpSettings;
  readonly registry: Registry;
  readonly quantities: ReadonlyMap<string, Quantity>;
  /** The rules of this installation. */
  readonly rules?: Pick<RulesFile, "rules" | "unarmed">;
  /** Which of them hold. */
  readonly arming?: RuleArming;
  readonly store: Pick<
    ReadingStore,
    "latest" | "series" | "readings" | "hourlyMeans" | "completeness" | "export"
  > & { readonly refused?: RefusedBook };
  readonly watch: AlertBook;
  readonly personal: PersonalMessages;
  readonly serviceMessages: ServiceMessages;
  readonly quarantine: QuarantineBook;
  readonly links: Links;
  /** Counts linkage models. */
  readonly linkage: LinkageOffice;
  /** What of it anybody may read. */
  readonly openData: OpenDataSettings;
  readonly presence: Presence;
  readonly feed: ReadingsFeed;
  readonly actions: Actions;
  /** What every part counts, for Prometheus. */
  readonly metrics: () => readonly MetricSample[] | Promise<readonly MetricSample[]>;
  readonly health: () => Health["checks"] | Promise<Health["checks"]>;
  /** At least 32 random bytes, kept over restarts. */
  readonly sessionKey: Uint8Array;
  /** Bearer token with which the command line on this machine acts as administrator. */
  readonly localToken: string;
  /** Folder of the built page; null when there is none. */
  readonly webRoot: string | null;
  /** Folder for files while they are being downloaded; emptied of `export-*` at the start. */
  readonly exportFolder: string;
  readonly startedAtMs: number;
  readonly now: () => number;
  readonly log: Log;
}

/** pino's shape. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * The part of the registry that people reach through us: what is there, where it stood when, who may sign in. Reads are
 * Map look-ups; what cannot be done throws a RegistryError that says what would be right.
 */
export type Registry = Pick<
  DeviceRegistry,
  | "refresh"
  | "revision"
  | "device"
  | "devices"
  | "gateways"
  | "placementsOf"
  | "place"
  | "places"
  | "cultivationAt"
  | "cultivationsOf"
  | "person"
  | "people"
  | "consents"
  | "consentsOf"
  | "verifyPassword"
  | "setPassword"
  | "service"
  | "verifyService"
> & {
  /** The same registry, with changes recorded as made by `who`. */
  as(who: string): RegistryWrites;
};

export type RegistryWrites = Pick<
  DeviceRegistry,
  | "addDevice"
  | "updateDevice"
  | "removeDevice"
  | "rotateSecret"
  | "moveDevice"
  | "addPlace"
  | "updatePlace"
  | "removePlace"
  | "cultivate"
  | "addPerson"
  | "updatePerson"
  | "removePerson"
  | "writeConsent"
  | "setPassword"
  | "atomically"
>;

export interface RuleArming extends Pick<Arming, "standings" | "history"> {
  /** It holds from now on. @throws ArmingError */
  say(word: Omit<ArmingWord, "atMs">): void;
}

/** An alert as it is kept: at least what people are told of it, with the id of who acknowledged it. */
export type Alert = Readonly<AlertInfo>;

export interface AlertBook {
  /** Newest first. */
  alerts(query: { state: "open" | "resolved" | "all"; device?: string; limit: number }): readonly Alert[];
  alert(id: string): Alert | undefined;
  /** When persons took care of alerts of this device, in order. */
  acknowledgedAt(device: string, span: { fromMs: number; toMs: number }): readonly number[];
  /** Acknowledging twice keeps the first. */
  acknowledge(id: string, by: string, nowMs: number): unknown;
  /** Until then nobody hears of it; a resolved alert stays as it is. */
  snooze(id: string, by: string, untilMs: number, nowMs: number): unknown;
  /** What happened to an alert, in order. */
  history(id: string): readonly AlertStep[];
  readonly outbox: {
    deliveries(alert: string): readonly Delivery[];
    /** The message of this number, as a link in it finds it again. */
    message(number: number): OutboxMessage | undefined;
  };
  readonly persons: PersonRecords;
  /** Called with the alert as it is after each change of its state. */
  onAlert(listener: (alert: Alert) => void): () => void;
  /** Server time of the last uplink, whatever was in it; null when none was heard. */
  lastSeen(device: string): number | null;
}

/** What binds messages to persons and the pages behind their links. */
export interface PersonalMessages {
  readonly links: Pick<MessageLinks, "urlFor" | "numberIn" | "proves">;
  readonly channels: Channels;
  /** What a browser subscribes with; null when no notifier tells browsers. */
  readonly pushKey: string | null;
  readonly linkLifeMs: number;
  /** Takes back every consent to be told at the address that this notifier uses. */
  optOut(person: string, notifier: string, nowMs: number): void;
  /** Hands a provider's call to the notifier of this name. @returns the HTTP status to answer with; null when none takes calls */
  receive(notifier: string, call: ProviderCall): Promise<number | null>;
}

export interface OpenDataSettings {
  readonly enabled: boolean;
  /** From one address. */
  readonly requestsPerMinute: number;
}

/** What services have to tell persons. */
export interface ServiceMessages {
  /**
   * Keeps a message until it has been told; one of the same service and key is kept once.
   *
   * @returns by how many channels the person is told; 0: by none, and nothing is kept
   */
  tell(message: ServiceMessage, nowMs: number): number;
}

export interface ServiceMessage {
  /** Name of the service. */
  readonly from: string;
  readonly key: string;
  readonly person: string;
  /** The device that it is about. */
  readonly about: string;
  readonly severity: AlertInfo["severity"];
  readonly title: AlertInfo["title"];
  readonly advice: AlertInfo["advice"];
}

/** Readings that were understood, but that the database of others would not take for good. */
export interface RefusedBook {
  /** Newest first. */
  list(query: {
    readonly device?: string | undefined;
    readonly reason?: string | undefined;
    readonly limit: number;
  }): RefusedReading[];
  byReason(device?: string): Readonly<Partial<Record<string, number>>>;
}

export type QuarantineBook = Pick<QuarantineReader, "list" | "count" | "raw">;

/** How devices and gateways hear each other. */
export type Links = Pick<LinkBook, "device" | "gateways">;

export interface Presence {
  connected(device: string): boolean;
  onPresence(listener: (device: string, connected: boolean, atMs: number) => void): () => void;
}

export interface ReadingsFeed {
  /** Hands over readings as they are decoded, a batch at a time, on the path of every uplink. */
  onReadings(listener: (readings: readonly Reading[]) => void): () => void;
}

export interface RedecodeRange {
  /** Server time of arrival, inclusive; milliseconds since 1970 UTC. */
  readonly fromMs: number;
  /** Exclusive. */
  readonly toMs: number;
  readonly device?: string;
}

export interface Actions {
  redecode(range: RedecodeRange): Promise<RedecodeAccount>;
  backup(): Promise<{ readonly folder: string; readonly bytes: number }>;
  /** Resolves when the command is kept for the device, awake or asleep. */
  sendCommand(
    device: string,
    command: { id: string; name: string; args: Record<string, unknown> },
  ): Promise<void>;
  /** Resolves with the revision under which the settings are kept for the device. */
  setConfig(device: string, settings: Record<string, unknown>): Promise<{ readonly revision: number }>;
}
