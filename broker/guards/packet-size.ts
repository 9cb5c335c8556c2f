import mqtt from "mqtt-packet";
import type { AedesClient, PacketParser } from "../aedes-client.ts";
import type { BrokerLimits } from "../broker-settings.ts";
import { Refused } from "../refusals.ts";

type SizeLimits = Pick<BrokerLimits, "maxPacketBytes" | "maxConnectPacketBytes">;

/**
 * Refuses a packet by the length that its header announces, before one byte of it is kept. Neither Aedes nor
 * mqtt-packet has such a limit: a stranger may announce 256 MB in his CONNECT and send it.
 *
 * One function for all clients, put in the place of the parser's own on each instance.
 *
 * @param refused told of the client, the announced length and the limit
 */
export function createPacketSizeGuard(
  { maxPacketBytes, maxConnectPacketBytes }: SizeLimits,
  refused: (client: AedesClient, bytes: number, limit: number) => void,
): (client: AedesClient) => void {
  const parseLength = (mqtt.parser() as unknown as PacketParser)._parseLength;

  function parseLimitedLength(this: PacketParser): boolean {
    if (!parseLength.call(this)) return false;
    const limit = this.client.connackSent ? maxPacketBytes : maxConnectPacketBytes;
    const bytes = this.packet.length;
    if (bytes <= limit) return true;
    refused(this.client, bytes, limit);
    this._emitError(new Refused(`packet of ${bytes} bytes, at most ${limit} are allowed`));
    return false;
  }

  return (client) => {
    client._parser._parseLength = parseLimitedLength;
  };
}
