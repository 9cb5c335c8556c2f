import { z } from "zod";
import { DeliveryError } from "../../alerts/index.ts";
import { jsonOf, refusal, send } from "../http-delivery.ts";
import { secret } from "../secret.ts";
import { readTokens, type Tokens, writeTokens } from "./token-file.ts";

/** The settings of an official account, the same for messages and for ZNS. */
export const officialAccount = {
  appId: z
    .string()
    .regex(/^\d+$/, "must be the number of the app")
    .describe("Of the app on developers.zalo.me."),
  appSecret: secret,
  tokenFile: z
    .string()
    .min(1)
    .describe(
      "Put the first refresh token into it; it is kept up to date from then on. Needs to be writable.",
    ),
  oauthUrl: z.url({ protocol: /^https?$/ }).default("https://oauth.zaloapp.com"),
};

export interface AccessTokenParts {
  readonly appId: string;
  readonly appSecret: string;
  readonly tokenFile: string;
  readonly oauthUrl: string;
  readonly timeoutMs: number;
  readonly now: () => number;
}

/** The key to Zalo's API: lives for some 25 hours, and is renewed with a refresh token that is good for one time only. */
export interface AccessToken {
  /**
   * @param refused a token that Zalo has just refused
   * @throws DeliveryError
   */
  get(refused?: string): Promise<string>;
}

/** Renewed so long before it ends that no message meets its end on the way. */
const earlyMs = 5 * 60_000;

/** Several accounts may share a file: what another has renewed is taken from it, not renewed again. */
export function createAccessToken(parts: AccessTokenParts): AccessToken {
  const { tokenFile, now } = parts;
  let renewing: Promise<string> | null = null;

  return {
    async get(refused) {
      const { accessToken, expiresAtMs = 0 } = stored();
      if (accessToken !== undefined && accessToken !== refused && now() + earlyMs < expiresAtMs)
        return accessToken;
      renewing ??= renew().finally(() => {
        renewing = null;
      });
      return renewing;
    },
  };

  async function renew(): Promise<string> {
    const before = stored();
    try {
      return await exchange(before.refreshToken);
    } catch (error) {
      const after = stored();
      if (after.accessToken !== undefined && after.refreshToken !== before.refreshToken)
        return after.accessToken;
      throw error;
    }
  }

  async function exchange(refreshToken: string): Promise<string> {
    const answer = await send({
      url: `${parts.oauthUrl}/v4/oa/access_token`,
      headers: { "Content-Type": "application/x-www-form-urlencoded", secret_key: parts.appSecret },
      body: new URLSearchParams({
        refresh_token: refreshToken,
        app_id: parts.appId,
        grant_type: "refresh_token",
      }).toString(),
      timeoutMs: parts.timeoutMs,
    });
    const told = jsonOf(answer.text);
    if (typeof told?.access_token !== "string" || typeof told.refresh_token !== "string")
      throw notRenewed(told) ?? refusal(answer, now());
    const tokens: Tokens = {
      refreshToken: told.refresh_token,
      accessToken: told.access_token,
      // Zalo writes the seconds as text.
      expiresAtMs: now() + Number(told.expires_in ?? 0) * 1000,
    };
    writeTokens(tokenFile, tokens);
    return told.access_token;
  }

  function stored(): Tokens {
    try {
      return readTokens(tokenFile);
    } catch (cause) {
      throw new DeliveryError(`no token of Zalo: ${(cause as Error).message}`, {
        failure: "credentials",
        retryable: true,
        cause,
      });
    }
  }
}

/** Zalo says no with HTTP 200 and a negative number. */
function notRenewed(told: Readonly<Record<string, unknown>> | undefined): DeliveryError | undefined {
  if (typeof told?.error !== "number") return undefined;
  return new DeliveryError(
    `the access token cannot be renewed (${told.error}: ${String(told.error_name ?? "")})`,
    {
      failure: "credentials",
      retryable: true,
    },
  );
}
