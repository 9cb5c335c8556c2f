import {
  isProbeTrouble,
  type ProbeTrouble,
  type Trouble,
  type TroubleKind,
  type TroubleOf,
} from "./trouble.ts";

/** Where a node stands, as troubles name it. */
export interface Whereabouts {
  readonly device: string;
  readonly place: string;
  readonly commune: string | null;
  /** The gateway that hears it best; null for a node that needs none. */
  readonly gateway?: string | null;
}

/** What of all troubles concerns one node; asked at times that only go forward. */
export interface NodeTroubles {
  isPowered(atMs: number): boolean;
  hasNetwork(atMs: number): boolean;
  isHalfOpen(atMs: number): boolean;
  /** Added to each way. */
  latencyMs(atMs: number): number;
  /** Share of messages whose acknowledgement is lost with the connection. */
  missedPubacks(atMs: number): number;
  /** How often a node that was made to flood measures; null for its own interval. */
  floodEveryMs(atMs: number): number | null;
  readonly probes: readonly ProbeTrouble[];
  /** What happens in a moment, by time. */
  readonly moments: readonly Moment[];
  /** When something begins or ends after this time; infinity when nothing does. */
  nextEdgeMs(atMs: number): number;
}

export type Moment = TroubleOf<"reconnect-storm" | "theft" | "clock-reset" | "restart">;

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Picks from all troubles those that concern a node. */
export function nodeTroubles(where: Whereabouts, all: readonly Trouble[]): NodeTroubles {
  const mine = all.filter((each) => concerns(each, where)).flatMap((each) => struck(each, where));
  const during = <Kind extends TroubleKind>(kind: Kind) => {
    const spans = mine.filter((each) => each.kind === kind) as (TroubleOf<Kind> & Span)[];
    return (atMs: number) => spans.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  };
  const [cut, down, halfOpen] = [during("power-cut"), during("network-down"), during("half-open")];
  const [slow, missed, flood] = [during("slow-network"), during("missed-puback"), during("flood")];
  const edges = mine
    .flatMap((each) => ("atMs" in each ? [each.atMs] : [each.fromMs, each.toMs]))
    .toSorted((a, b) => a - b);
  let edge = 0;

  return {
    isPowered: (atMs) => cut(atMs) === undefined,
    hasNetwork: (atMs) => down(atMs) === undefined,
    isHalfOpen: (atMs) => halfOpen(atMs) !== undefined,
    latencyMs: (atMs) => slow(atMs)?.latencyMs ?? 0,
    missedPubacks: (atMs) => missed(atMs)?.share ?? 0,
    floodEveryMs: (atMs) => flood(atMs)?.everyMs ?? null,
    probes: mine.filter(isProbeTrouble),
    moments: mine.filter((each): each is Moment => "atMs" in each).toSorted((a, b) => a.atMs - b.atMs),
    nextEdgeMs(atMs) {
      while (edge < edges.length && edges[edge]! <= atMs) edge++;
      return edges[edge] ?? Number.POSITIVE_INFINITY;
    },
  };
}

/** Sorts troubles, so that each of many nodes need only look at those that may concern it. */
export function troublesByDevice(all: readonly Trouble[]): (device: string) => readonly Trouble[] {
  const own = Map.groupBy(all, (each) => ("device" in each ? each.device : undefined));
  const everybodys = own.get(undefined) ?? [];
  return (device) => [...everybodys, ...(own.get(device) ?? [])];
}

/** The life of a node that nothing ever happens to. */
export const noTroubles: NodeTroubles = nodeTroubles({ device: "", place: "", commune: null }, []);

/** Whether a trouble strikes a node that stands there. */
export function concerns(each: Trouble, { device, place, commune, gateway }: Whereabouts): boolean {
  if ("gateway" in each) return each.gateway === gateway;
  if (each.device !== undefined && each.device !== device) return false;
  if ("place" in each && each.place !== undefined && each.place !== place) return false;
  return !("commune" in each && each.commune !== undefined && each.commune !== commune);
}

/** What a gateway's fate means to a node: nothing while it is down (it does not know), a new start after lightning. */
function struck(each: Trouble, { device }: Whereabouts): Trouble[] {
  if (each.kind === "gateway-down") return [];
  if (each.kind === "lightning") return [{ kind: "restart", atMs: each.fromMs, device }];
  return [each];
}
