import type { PublishPacket } from "aedes";
import type { Broker } from "./broker.ts";
import type { BrokerLimits } from "./broker-settings.ts";
import { hasWildcard, isText } from "./matching/filters.ts";
import type { QuietAedes } from "./quiet-aedes.ts";

type Limits = Pick<BrokerLimits, "maxPacketBytes" | "maxTopicLevels">;

/** Publishing from inside the program: see `Broker.publish`. */
export function createPublisher(aedes: QuietAedes, limits: Limits): Broker["publish"] {
  return async (topic, payload, { qos = 1, retain = false } = {}) => {
    checkTopic(topic, limits.maxTopicLevels);
    const bytes = Buffer.from(payload as Uint8Array);
    if (bytes.length > limits.maxPacketBytes) {
      throw new RangeError(`payload of ${bytes.length} bytes, at most ${limits.maxPacketBytes} are allowed`);
    }
    const packet: PublishPacket = { cmd: "publish", topic, payload: bytes, qos, retain, dup: false };
    await new Promise<void>((resolve, reject) => {
      aedes.publish(packet, (error) => (error ? reject(error) : resolve()));
    });
  };
}

function checkTopic(topic: string, maxLevels: number): void {
  const levels = topic.split("/").length;
  if (isText(topic) && !hasWildcard(topic) && !topic.startsWith("$") && levels <= maxLevels) return;
  throw new RangeError(
    `"${topic}" cannot be published to: a topic is text without + and #, has at most ${maxLevels} levels and does not begin with $`,
  );
}
