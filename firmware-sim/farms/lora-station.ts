import type { Uplink } from "../../devices/index.ts";
import { keyAt, uniform } from "../chance.ts";
import { chirpstackUp, upTopic } from "../gateway/chirpstack-event.ts";
import type { Gateways, Surroundings } from "../gateway/gateways.ts";
import { type LoraDevice, LoraNode, type LoraNodeParts, type SentFrame } from "../node/lora-node.ts";
import type { Actor } from "./timeline.ts";

export interface LoraStationParts extends Omit<LoraNodeParts, "spreadingFactor" | "sends"> {
  readonly gateways: Gateways;
  /** Share of events that the integration publishes twice, because it missed the broker's word. */
  readonly redeliveredShare: number;
  readonly arrived: (uplink: Uplink) => void;
  /** A frame went into the air; `receivedAtMs` is when the network server had it, null when no gateway heard it. */
  readonly sent: (device: string, frame: SentFrame, receivedAtMs: number | null) => void;
}

/** Who hands ChirpStack's events over. */
export const lorawanIntake = "intake:chirpstack";
/** AS923-2, the two channels that every device knows. */
const frequenciesHz = [921_400_000, 921_600_000] as const;
const redeliveredAfterMs = 2_500;

/** A LoRaWAN node, the gateways that hear it, and the network server behind them. */
export class LoraStation implements Actor {
  readonly node: LoraNode;
  readonly #parts: LoraStationParts;
  readonly #surroundings: Surroundings;

  constructor(parts: LoraStationParts) {
    const { device, gateways } = parts;
    this.#parts = parts;
    this.#surroundings = gateways.around(device.id, device.place);
    const { spreadingFactor } = this.#surroundings;
    this.node = new LoraNode({ ...parts, spreadingFactor, sends: (sent) => this.#radiate(sent) });
  }

  get dueMs(): number {
    return this.node.dueMs;
  }

  proceed(atMs: number): void {
    this.node.proceed(atMs);
  }

  #radiate(sent: SentFrame): void {
    const { device, arrived, redeliveredShare } = this.#parts;
    const receptions = this.#surroundings.receive(sent.atMs, sent.key);
    this.#parts.sent(device.id, sent, receptions[0]?.atMs ?? null);
    if (receptions.length === 0) return;
    const uplink = {
      device: lorawanIntake,
      topic: upTopic(device.devEui),
      payload: Buffer.from(this.#event(device, sent, receptions)),
      receivedAtMs: receptions[0]!.atMs,
    };
    arrived(uplink);
    if (uniform(keyAt(sent.key, 21)) < redeliveredShare) {
      arrived({ ...uplink, receivedAtMs: uplink.receivedAtMs + redeliveredAfterMs });
    }
  }

  #event(
    { devEui, id }: LoraDevice,
    { frame, frameCounter, key }: SentFrame,
    receptions: ReturnType<Surroundings["receive"]>,
  ): string {
    return chirpstackUp({
      devEui,
      deviceName: id,
      model: this.#parts.encoder.model,
      frame,
      frameCounter,
      spreadingFactor: this.#surroundings.spreadingFactor,
      frequencyHz: frequenciesHz[frameCounter % frequenciesHz.length]!,
      receptions,
      deduplicationId: uuidOf(key),
    });
  }
}

/** A version-4 UUID that a key makes. */
function uuidOf(key: number): string {
  const hex = [0, 1, 2, 3]
    .map((i) =>
      keyAt(key, 40 + i)
        .toString(16)
        .padStart(8, "0"),
    )
    .join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
