import { DeliveryError, type DeliveryFailure } from "../../alerts/index.ts";

/** What nodemailer tells of a failure. */
interface SmtpError {
  readonly code?: string;
  readonly responseCode?: number;
  readonly message: string;
}

const failuresByCode: Readonly<Record<string, DeliveryFailure>> = {
  EABORT: "timed-out",
  ETIMEDOUT: "timed-out",
  ECONNECTION: "unreachable",
  ESOCKET: "unreachable",
  EDNS: "unreachable",
  ETLS: "unreachable",
  EPROTOCOL: "unavailable",
  EAUTH: "credentials",
  ENOAUTH: "credentials",
};

/** RFC 5321 §4.2.1: 5yz is for good, 4yz for now; 503 means that the talk went wrong, not the message. */
export function isPermanent(responseCode: number | undefined): boolean {
  return responseCode !== undefined && responseCode >= 500 && responseCode !== 503;
}

export function asDeliveryError(error: unknown): DeliveryError {
  const { code = "", responseCode, message } = error as SmtpError;
  const failure = failuresByCode[code];
  // Also refused credentials are tried again: somebody may put them right before the news is old.
  if (failure) return new DeliveryError(message, { failure, retryable: true, cause: error });
  if (isPermanent(responseCode))
    return new DeliveryError(message, { failure: "rejected", retryable: false, cause: error });
  const known = responseCode !== undefined;
  return new DeliveryError(message, {
    failure: known ? "unavailable" : "defect",
    retryable: true,
    cause: error,
  });
}
