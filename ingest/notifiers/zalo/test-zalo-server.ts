import { createTestProvider, type ProviderAnswer, type ProviderRequest } from "../test-provider.ts";

export const appId = "1122334455667788";
export const appSecret = "app secret";
export const firstRefreshToken = "refresh-0";

/**
 * A server that speaks what we use of Zalo: tokens that are good for one renewal only, messages, templates.
 * @param outcome code that every message is answered with, by telephone number or user id; 0 is yes
 */
export async function createTestZaloServer(outcome: (to: string) => number = () => 0) {
  const taken: { readonly to: string; readonly body: Record<string, unknown> }[] = [];
  let renewals = 0;
  let refreshToken = firstRefreshToken;
  let accessToken: string | null = null;
  let quota = 500;

  const provider = await createTestProvider((request) => {
    if (request.path === "/v4/oa/access_token") return renew(request);
    if (request.headers.access_token !== accessToken) return refuse(request);
    return message(request);
  });

  function renew({ headers, body }: ProviderRequest): ProviderAnswer {
    const form = new URLSearchParams(body.toString("utf8"));
    if (headers.secret_key !== appSecret || form.get("app_id") !== appId)
      return { body: { error: -14002, error_name: "Invalid app" } };
    if (form.get("refresh_token") !== refreshToken)
      return { body: { error: -14014, error_name: "Invalid refresh token" } };
    renewals++;
    refreshToken = `refresh-${renewals}`;
    accessToken = `access-${renewals}`;
    return { body: { access_token: accessToken, refresh_token: refreshToken, expires_in: "90000" } };
  }

  /** Each part of Zalo has its own code for the same. */
  function refuse({ path }: ProviderRequest): ProviderAnswer {
    return path === "/message/template"
      ? { body: { error: -124, message: "Access token invalid" } }
      : { body: { error: -216, message: "Access token is invalid" } };
  }

  function message({ path, json }: ProviderRequest): ProviderAnswer {
    const isTemplate = path === "/message/template";
    const to = String(isTemplate ? json.phone : (json.recipient as { user_id: string }).user_id);
    const error = outcome(to);
    if (error !== 0) return { body: { error, message: "no" } };
    taken.push({ to, body: json });
    quota--;
    const data = isTemplate
      ? { msg_id: `m${taken.length}`, quota: { dailyQuota: "500", remainingQuota: String(quota) } }
      : { message_id: `m${taken.length}`, user_id: to };
    return { body: { error: 0, message: "Success", data } };
  }

  return {
    ...provider,
    taken,
    renewals: () => renewals,
    /** As when another installation has renewed, or Zalo has thrown us out. */
    revokeAccess(): void {
      accessToken = null;
    },
    useQuotaUpTo(left: number): void {
      quota = left;
    },
  };
}
