import type { FastifyError, FastifyReply, FastifyRequest } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { RegistryError, type RegistryErrorCode } from "../../devices/index.ts";
import type { Log } from "./http-parts.ts";
import type { RefusalCode } from "./refusal-shapes.ts";
import type { Problem as ToldProblem } from "./shapes.ts";

/** A problem by a word of the closed set. */
type Problem = Omit<ToldProblem, "error"> & { readonly error: RefusalCode };

/** An answer other than success, thrown where it is found out. */
export class HttpProblem extends Error {
  override readonly name = "HttpProblem";
  readonly status: number;
  readonly problem: Problem;
  readonly retryAfterMs: number | undefined;

  constructor(status: number, problem: Problem, retryAfterMs?: number) {
    super(problem.message);
    this.status = status;
    this.problem = problem;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Also for what exists but may not be seen by who asks: the answer must not tell the two apart. */
export const notFound = (what: string) =>
  new HttpProblem(404, { error: "not-found", message: `There is no ${what}, or you may not see it.` });

export const forbidden = (message: string) => new HttpProblem(403, { error: "forbidden", message });

export function badRequest(path: string, message: string): HttpProblem {
  return new HttpProblem(400, invalid([{ path, message }]));
}

/** Answers every error of every route in the one shape, and logs those that are our fault. */
export function createErrorHandler(log: Log) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const { status, problem, retryAfterMs } = asProblem(error, request);
    if (status >= 500) {
      log.error(
        { err: error, request: request.id, method: request.method, route: request.routeOptions.url },
        "http: a request failed",
      );
    }
    if (retryAfterMs !== undefined) reply.header("retry-after", Math.ceil(retryAfterMs / 1000));
    // A route that streams may have said what it would send; a problem is always JSON.
    reply.removeHeader("content-disposition");
    reply.code(status).type("application/json; charset=utf-8").serializer(JSON.stringify).send(problem);
  };
}

function asProblem(error: FastifyError, request: FastifyRequest): HttpProblem {
  if (error instanceof HttpProblem) return error;
  if (error instanceof RegistryError) return refusedByRegistry(error);
  if (hasZodFastifySchemaValidationErrors(error)) return refusedBySchema(error);
  const known = error instanceof SyntaxError ? notJson : refusedByFastify[error.code];
  if (known !== undefined)
    return new HttpProblem(known.status, { error: known.error, message: known.message });
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return new HttpProblem(error.statusCode, { error: "bad-request", message: error.message });
  }
  return new HttpProblem(500, {
    error: "internal",
    message: `Something broke on our side. The server's log says what, under request ${request.id}.`,
  });
}

function refusedBySchema({ validation, validationContext }: InvalidRequest): HttpProblem {
  const details = validation.map(({ instancePath, message = "" }) => {
    return { path: pathOf(validationContext ?? "request", instancePath), message };
  });
  return new HttpProblem(400, invalid(details));
}

type InvalidRequest = Pick<FastifyError, "validationContext"> & {
  readonly validation: readonly { readonly instancePath: string; readonly message?: string | undefined }[];
};

const registryStatus: Readonly<Record<RegistryErrorCode, number>> = {
  // What the address names was looked up before: it is the body that names something unknown.
  "not-found": 400,
  invalid: 400,
  "already-exists": 409,
  "in-use": 409,
  "wrong-key": 500,
};

const refusedByRegistry = ({ code, message }: RegistryError) =>
  new HttpProblem(registryStatus[code], { error: code === "not-found" ? "invalid" : code, message });

const notJson = { status: 400, error: "not-json", message: "The body is not valid JSON." } as const;

/** What Fastify itself refuses, in words that say what would be right. */
const refusedByFastify: Readonly<Record<string, Problem & { readonly status: number }>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: notJson,
  FST_ERR_CTP_EMPTY_JSON_BODY: {
    ...notJson,
    message: "The body is empty, but its content type says JSON. Send {} or no content type.",
  },
  FST_ERR_CTP_BODY_TOO_LARGE: {
    status: 413,
    error: "too-large",
    message: "The body is larger than the 256 KiB that are accepted.",
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    status: 415,
    error: "unsupported-media-type",
    message: "Send the body as JSON, with content-type: application/json.",
  },
};

function invalid(details: { path: string; message: string }[]): Problem {
  return {
    error: "invalid",
    message: details.map(({ path, message }) => `${path}: ${message}`).join("; "),
    details,
  };
}

/** `/fromMs` in the query string becomes `query.fromMs`. */
function pathOf(context: string, instancePath: string): string {
  const root = context === "querystring" ? "query" : context;
  return [root, ...instancePath.split("/").filter((part) => part !== "")].join(".");
}
