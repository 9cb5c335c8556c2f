import type { z } from "zod";
import type { ConsentEntry, PersonSummary } from "../../../../app/http/people-shapes.ts";
import type { Answer, Api } from "./api.ts";

export type Person = PersonSummary;
export type Consent = z.infer<typeof ConsentEntry>;
export type Medium = Consent["medium"];
export type Purpose = Consent["purpose"];

export const media: readonly Medium[] = ["zalo", "telegram", "web-push", "sms", "email", "voice"];
export const purposes: readonly Purpose[] = ["alerts", "digest"];

/** By which of a person's addresses a medium reaches them. */
const addressFor: Readonly<Record<Medium, Person["addresses"][number]["kind"]>> = {
  zalo: "zalo",
  telegram: "telegram",
  "web-push": "web-push",
  sms: "phone",
  voice: "phone",
  email: "email",
};

/** What of a person can be changed; an address that is left out stays as it is, for it is never shown. */
export interface PersonChange {
  readonly name?: string;
  readonly role?: Person["role"];
  readonly language?: Person["language"];
  readonly phone?: string | null;
  readonly email?: string | null;
  readonly places?: readonly string[];
  readonly communes?: readonly string[];
  readonly telling?: Person["telling"];
}

export async function listPeople(api: Api, signal: AbortSignal): Promise<Answer<readonly Person[]>> {
  const { body, savedAtMs } = await api.get<{ people: Person[] }>("people", signal);
  return { body: body.people, savedAtMs };
}

/** Newest first. */
export async function ledgerOf(
  api: Api,
  person: string,
  signal: AbortSignal,
): Promise<Answer<readonly Consent[]>> {
  const { body, savedAtMs } = await api.get<{ consents: Consent[] }>(`${pathOf(person)}/consents`, signal);
  return { body: body.consents.toReversed(), savedAtMs };
}

export const addPerson = (api: Api, id: string, change: PersonChange) =>
  api.send<{ person: string; password: string }>("POST", "people", { id, ...change });

export const changePerson = (api: Api, id: string, change: PersonChange) =>
  api.send<Person>("PATCH", pathOf(id), change);

export const writeConsent = (api: Api, id: string, said: Omit<Consent, "atMs" | "who">) =>
  api.send<Consent>("POST", `${pathOf(id)}/consents`, said);

export const erasePerson = (api: Api, id: string) => api.send<null>("DELETE", pathOf(id));

/** Everything that is kept of a person, in the open. */
export async function fileOf(api: Api, id: string): Promise<object> {
  return (await api.get<object>(`${pathOf(id)}/file`)).body;
}

function pathOf(person: string): string {
  return `people/${encodeURIComponent(person)}`;
}

export function agrees({ consents }: Person, purpose: Purpose, medium: Medium): boolean {
  return consents.some((consent) => consent.purpose === purpose && consent.medium === medium);
}

/** Whether anything would come of a consent: without an address nobody is told. */
export function canBeReached({ addresses }: Person, medium: Medium): boolean {
  return addresses.some(({ kind }) => kind === addressFor[medium]);
}

/** The media by which this person is told of alerts now. */
export function toldBy(person: Person): Medium[] {
  return media.filter((medium) => agrees(person, "alerts", medium) && canBeReached(person, medium));
}

/** "Thửa 12, ao-3 " → two ids. */
export function idsIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter((id) => id !== "");
}
