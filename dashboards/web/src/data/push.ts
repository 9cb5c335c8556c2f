import type { PushState } from "../../../../app/http/people-shapes.ts";
import type { Answer, Api } from "./api.ts";

/** Whether this browser can be told with the page closed, and if not, why. */
export type PushAbility = "able" | "insecure" | "unsupported" | "blocked" | "not-configured";
/** Where somebody is told: here, in another browser of theirs, nowhere. */
export type PushPlace = "here" | "elsewhere" | "nowhere";

export interface Push {
  readonly ability: PushAbility;
  readonly place: PushPlace;
  /** What a browser subscribes with; empty when no such channel is configured. */
  readonly key: string;
}

/** The version of the words above the button, as it stands in the ledger of consents. */
export const pushWordsVersion = "push-2026-11";

export async function pushOf(api: Api, signal: AbortSignal): Promise<Answer<Push>> {
  const { body, savedAtMs } = await api.get<PushState>("session/push", signal);
  const own = (await registration())?.pushManager;
  const here = (await own?.getSubscription())?.endpoint ?? null;
  const place = body.endpoint === null ? "nowhere" : body.endpoint === here ? "here" : "elsewhere";
  return { body: { ability: abilityOf(body.key), place, key: body.key ?? "" }, savedAtMs };
}

function abilityOf(key: string | null): PushAbility {
  if (key === null) return "not-configured";
  if (!isSecureContext) return "insecure";
  if (!("serviceWorker" in navigator) || !("PushManager" in globalThis) || !("Notification" in globalThis))
    return "unsupported";
  return Notification.permission === "denied" ? "blocked" : "able";
}

async function registration(): Promise<ServiceWorkerRegistration | undefined> {
  return isSecureContext && "serviceWorker" in navigator
    ? navigator.serviceWorker.getRegistration()
    : undefined;
}

/**
 * Asks the browser, then tells the server. To be called from a press of a button: browsers ask nobody otherwise.
 *
 * @throws Error when the person or the browser says no; an `ApiFailure` of the server
 */
export async function tellHere(api: Api, key: string): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted") throw new Error("not granted");
  const worker = await navigator.serviceWorker.ready;
  const subscription = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytesOf(key),
  });
  const { endpoint, keys } = subscription.toJSON();
  await api.send("PUT", "session/push", { subscription: { endpoint, keys }, textVersion: pushWordsVersion });
}

export async function tellNowhere(api: Api): Promise<void> {
  await api.send("DELETE", "session/push");
  await (await (await registration())?.pushManager.getSubscription())?.unsubscribe();
}

/** Safari does not take the key as text. */
export function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
