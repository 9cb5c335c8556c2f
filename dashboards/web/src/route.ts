import { defaultWindow, type SpanName, spanNames, type Window } from "./data/window.ts";

/** What the address bar names. Kept behind the `#`, so that any server and the offline copy serve every page. */
export type Route =
  | { readonly page: "overview" }
  | { readonly page: "place"; readonly id: string; readonly device: string | null; readonly window: Window }
  | { readonly page: "device"; readonly id: string; readonly window: Window }
  | { readonly page: "alerts"; readonly history: boolean }
  | { readonly page: "rules"; readonly pack: string | null }
  | { readonly page: "people"; readonly id: string | null }
  | {
      readonly page: "linkage";
      readonly view: LinkageView;
      /** Of a model. */
      readonly id: string | null;
      readonly plan: string | null;
      readonly period: string | null;
    }
  | { readonly page: "system" }
  | { readonly page: "account" };

export const linkageViews = ["score", "models", "map", "snapshots"] as const;
export type LinkageView = (typeof linkageViews)[number];

export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [page, part, below] = path.split("/");
  const parameters = new URLSearchParams(query);
  const id = decoded(part ?? "");
  if (page === "place" && id !== "") {
    return { page, id, device: parameters.get("device"), window: parseWindow(parameters) };
  }
  if (page === "device" && id !== "") return { page, id, window: parseWindow(parameters) };
  if (page === "alerts") return { page, history: part === "history" };
  if (page === "rules") return { page, pack: id === "" ? null : id };
  if (page === "people") return { page, id: id === "" ? null : id };
  if (page === "linkage") return parseLinkage(id, decoded(below ?? ""), parameters);
  if (page === "system" || page === "account") return { page };
  return { page: "overview" };
}

export function hrefOf(route: Route): string {
  switch (route.page) {
    case "overview":
      return "#/";
    case "place":
      return `#/place/${encodeURIComponent(route.id)}${query({ device: route.device, ...windowQuery(route.window) })}`;
    case "device":
      return `#/device/${encodeURIComponent(route.id)}${query(windowQuery(route.window))}`;
    case "alerts":
      return route.history ? "#/alerts/history" : "#/alerts";
    case "rules":
      return route.pack === null ? "#/rules" : `#/rules/${encodeURIComponent(route.pack)}`;
    case "people":
      return route.id === null ? "#/people" : `#/people/${encodeURIComponent(route.id)}`;
    case "linkage":
      return linkageHref(route);
    default:
      return `#/${route.page}`;
  }
}

export function placeHref(id: string): string {
  return hrefOf({ page: "place", id, device: null, window: defaultWindow });
}

export function deviceHref(id: string): string {
  return hrefOf({ page: "device", id, window: defaultWindow });
}

/** Where to look at what an alert is about: the place, with the device that told. */
export function alertHref({
  place,
  device,
}: {
  readonly place: string | null;
  readonly device: string;
}): string {
  if (place === null) return deviceHref(device);
  return hrefOf({ page: "place", id: place, device, window: defaultWindow });
}

function parseLinkage(view: string, id: string, parameters: URLSearchParams): Route {
  return {
    page: "linkage",
    view: linkageViews.find((one) => one === view) ?? "score",
    id: id === "" ? null : id,
    plan: parameters.get("plan"),
    period: parameters.get("period"),
  };
}

function linkageHref({ view, id, plan, period }: Extract<Route, { page: "linkage" }>): string {
  const model = id === null ? "" : `/${encodeURIComponent(id)}`;
  return `#/linkage${view === "score" ? "" : `/${view}${model}`}${query({ plan, period })}`;
}

function parseWindow(parameters: URLSearchParams): Window {
  const span = parameters.get("span") as SpanName | null;
  const endMs = Number(parameters.get("end") ?? Number.NaN);
  return {
    span: span !== null && spanNames.includes(span) ? span : defaultWindow.span,
    endMs: Number.isSafeInteger(endMs) ? endMs : null,
  };
}

function windowQuery({ span, endMs }: Window) {
  return { span: span === defaultWindow.span ? null : span, end: endMs === null ? null : String(endMs) };
}

function query(parameters: Readonly<Record<string, string | null>>): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== null);
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}

/** A hash typed by hand may hold a stray `%`. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
