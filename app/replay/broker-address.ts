import { InvalidArgumentError } from "commander";
import type { CommandContext } from "../commands/context.ts";
import { localServer } from "../commands/local-server.ts";

export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
}

const usualPort = 1883;

/** Parses `host`, `host:port` or `[::1]:port`. */
export function brokerAddress(text: string): BrokerAddress {
  const match = /^(?:\[(?<v6>[0-9a-fA-F:]+)\]|(?<host>[^:\s/]+))(?::(?<port>\d{1,5}))?$/.exec(text);
  const port = Number(match?.groups?.port ?? usualPort);
  if (match === null || port < 1 || port > 65_535) {
    throw new InvalidArgumentError("host:port is needed, such as 192.168.1.20:1883.");
  }
  return { host: (match.groups?.v6 ?? match.groups?.host)!, port };
}

/** The broker that was named, else the one that runs on this installation's data folder, else the configured one. */
export function brokerOf(context: CommandContext, named: BrokerAddress | undefined): BrokerAddress {
  if (named !== undefined) return named;
  const { host, mqttPort } = context.settings().broker;
  const isAny = host === "0.0.0.0" || host === "::";
  return { host: isAny ? "127.0.0.1" : host, port: localServer(context)?.mqttPort ?? mqttPort };
}
