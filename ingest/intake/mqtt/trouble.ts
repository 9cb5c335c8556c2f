/** What mqtt.js, the socket or TLS say when a connection fails: an operating system's word, or a reason code of MQTT. */
interface Failure {
  readonly message: string;
  readonly code?: string | number;
}

interface Whose {
  readonly url: string;
  readonly clientId: string;
  readonly username?: string | undefined;
}

type Explain = (whose: Whose) => string;

const wrongPassword: Explain = ({ username }) =>
  username === undefined
    ? "the broker lets nobody in without a user name: set `username` and a password"
    : "the broker refuses user name or password: put `username` and the password right";
const notAuthorized: Explain = (whose) =>
  whose.username === undefined
    ? wrongPassword(whose)
    : "the broker lets this user not in (not authorized): check `username`, the password, and the user's rights there";
const otherVersion: Explain = () => 'the broker does not speak this version of MQTT: set `mqtt: "3.1.1"`';
const clientId: Explain = ({ clientId }) =>
  `the broker refuses the client id ${clientId}: name another with \`clientId\``;
const away: Explain = () => "the broker says that it is not available: it is tried again";
const takenOver: Explain = ({ clientId }) =>
  `another client came with the client id ${clientId}: give each worker a \`clientId\` of its own`;

/** CONNACK return codes, MQTT 3.1.1, 3.2.2.3. A broker that does not know MQTT 5 answers with the 1 of this list. */
const returnCodes: Readonly<Record<number, Explain>> = {
  1: otherVersion,
  2: clientId,
  3: away,
  4: wrongPassword,
  5: notAuthorized,
};

/** Reason codes, MQTT 5, 2.4. */
const reasonCodes: Readonly<Record<number, Explain>> = {
  128: () => "the broker refuses the connection and does not say why: see its log",
  132: otherVersion,
  133: clientId,
  134: wrongPassword,
  135: notAuthorized,
  136: away,
  137: away,
  138: () => "the broker has banned this client: ask whoever runs it",
  139: () => "the broker shuts down",
  142: takenOver,
  147: () => "the broker says that more is in flight than was agreed: see its log",
  151: () => "the broker says that a quota is used up: ask whoever runs it",
  152: () => "somebody has cut this client off at the broker",
  156: () => "the broker sends us to another server: change `url`",
  157: () => "the broker has moved: change `url`",
  159: () => "the broker takes no more connections for the moment",
};

const unknownIssuer: Explain = () =>
  "the broker's certificate is signed by nobody we know: name its issuer with `tls.caFile`";

/** Of the system (node:net, node:dns) and of OpenSSL (node:tls). */
const systemCodes: Readonly<Record<string, Explain>> = {
  ECONNREFUSED: ({ url }) => `nobody listens at ${url}: check host and port, and whether the broker runs`,
  ENOTFOUND: ({ url }) => `the host of ${url} is not known: check its name, and the name server`,
  EAI_AGAIN: ({ url }) => `the name server does not answer for the host of ${url}`,
  ETIMEDOUT: ({ url }) => `${url} does not answer: check the address, and firewalls on the way`,
  EHOSTUNREACH: ({ url }) => `there is no way to ${url}: check the network`,
  ENETUNREACH: ({ url }) => `there is no way to ${url}: check the network`,
  ECONNRESET: () => "the broker cut the connection: see its log",
  EPROTO: () => "TLS with the broker fails: check whether this port speaks TLS",
  ERR_SSL_WRONG_VERSION_NUMBER: () => "this port does not speak TLS: use mqtt://, or the broker's TLS port",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: () => "this port does not speak TLS: use mqtt://, or the broker's TLS port",
  ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED: () =>
    "the broker asks for our certificate: set `tls.certFile` and `tls.keyFile`",
  ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: () => "the broker does not know who signed `tls.certFile`",
  ERR_TLS_CERT_ALTNAME_INVALID: ({ url }) =>
    `the broker's certificate is not for the host of ${url}: use the name it is for, or set \`tls.serverName\``,
  CERT_HAS_EXPIRED: () => "the broker's certificate has expired: it needs a new one (or our clock is wrong)",
  CERT_NOT_YET_VALID: () => "the broker's certificate is not valid yet: check our clock",
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownIssuer,
  SELF_SIGNED_CERT_IN_CHAIN: unknownIssuer,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownIssuer,
};

/** What is wrong and what would be right, for whoever runs the server. It never holds a password. */
export function explain({ code, message }: Failure, whose: Whose): string {
  const known = typeof code === "number" ? (returnCodes[code] ?? reasonCodes[code]) : systemCodes[code ?? ""];
  if (known !== undefined) return known(whose);
  if (message === "connack timeout")
    return `${whose.url} takes the connection and does not answer: is it an MQTT port?`;
  if (message === "Keepalive timeout") return "the broker has gone silent: the network between us is cut";
  return `${message}${code === undefined ? "" : ` (${code})`}`;
}

/** Brokers of MQTT 3.1.1 have no other way to say that somebody else came with the same id, and some of 5 use none. */
export function closedWithoutAWord({ clientId }: Whose): string {
  return `the broker closed the connection: see its log; if it goes on, another client may use the client id ${clientId}`;
}

/** Why a filter was refused: a SUBACK's code, MQTT 5, 3.9.3 (3.1.1 knows only 128). */
export function refusalOfFilter(code: number): string {
  return filterRefusals[code] ?? `refused with code ${code}`;
}

const filterRefusals: Readonly<Record<number, string>> = {
  0: "only at QoS 0, so that what is lost on the way stays lost: allow QoS 1",
  128: "refused: the user has no right to read it, or the broker's log says why",
  131: "refused: the broker's log says why",
  135: "not authorized: give the user the right to read it",
  143: "no valid filter for this broker",
  151: "refused: a quota is used up",
  158: "this broker knows no shared subscriptions: leave out `share`",
  162: "this broker knows no wildcards",
};
