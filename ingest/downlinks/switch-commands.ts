import { z } from "zod";

/*
 * Commands for what is only a switch to its system: a relay that holds a valve or a pump. The switch itself ends an irrigation, so
 * that it ends also when the network is gone.
 */

export interface SwitchCommand {
  readonly name: string;
  readonly args: unknown;
}

/** Tasmota's PulseTime counts seconds from 112 on, 100 ahead of them, up to 64900 (its documentation, Commands: PulseTime). */
const pulseTimeAhead = 100;
const longestPulseS = 64_800;

const Relay = z.object({ valve: z.literal([1, 2, 3, 4], "valve must be 1 to 4").default(1) });
const Irrigation = Relay.extend({
  minutes: z
    .number("minutes must be a number")
    .min(1, "minutes must be at least 1")
    .max(longestPulseS / 60, "minutes must be at most 1080"),
});
const Interval = z.object({
  minutes: z
    .number("minutes must be a number")
    .min(1, "minutes must be at least 1")
    .max(60, "minutes must be at most 60"),
});
const State = z.record(z.string(), z.json(), "args must be an object");

/** What Zigbee2MQTT takes under `…/set`. Its first relay is `state`, further ones are `state_l2` and so on. */
export function zigbeeState({ name, args }: SwitchCommand): object {
  switch (name) {
    case "open":
      return { [stateOf(args)]: "ON" };
    case "close":
      return { [stateOf(args)]: "OFF" };
    case "irrigate":
      return {
        [stateOf(args)]: "ON",
        on_time: Math.round(parsed(Irrigation, args).minutes * 60),
        off_wait_time: 0,
      };
    case "set":
      return parsed(State, args);
    default:
      throw new TypeError(
        `a Zigbee2MQTT device does not obey "${name}"; right is open, close, irrigate, set`,
      );
  }
}

function stateOf(args: unknown): string {
  const { valve } = parsed(Relay, args);
  return valve === 1 ? "state" : `state_l${valve}`;
}

/** What Tasmota takes under `cmnd/…/Backlog`. PulseTime stays set, so `open` takes it back. */
export function tasmotaBacklog({ name, args }: SwitchCommand): string {
  switch (name) {
    case "open":
      return pulsed(parsed(Relay, args).valve, 0);
    case "close":
      return `Power${parsed(Relay, args).valve} OFF`;
    case "irrigate": {
      const { valve, minutes } = parsed(Irrigation, args);
      return pulsed(valve, pulseTimeAhead + Math.round(minutes * 60));
    }
    case "set-interval":
      return `TelePeriod ${Math.round(parsed(Interval, args).minutes * 60)}`;
    default:
      throw new TypeError(`Tasmota does not obey "${name}"; right is open, close, irrigate, set-interval`);
  }
}

const pulsed = (relay: number, pulseTime: number): string =>
  `PulseTime${relay} ${pulseTime}; Power${relay} ON`;

/** @throws TypeError that says what would be right */
function parsed<T>(schema: z.ZodType<T>, args: unknown): T {
  const found = schema.safeParse(args ?? {});
  if (found.success) return found.data;
  throw new TypeError(found.error.issues.map(({ message }) => message).join("; "));
}
