import { z } from "zod";

/** The `http` part of the configuration. */
export const httpSettings = z.strictObject({
  host: z
    .string()
    .min(1)
    .default("127.0.0.1")
    .describe("Address to listen on; 0.0.0.0 lets other machines in."),
  port: z.number().int().min(0).max(65_535).default(8080).describe("0 takes any free port."),
  tls: z
    .strictObject({
      certFile: z.string().min(1).describe("PEM file: the certificate, then what it is signed with."),
      keyFile: z.string().min(1).describe("PEM file of its private key."),
    })
    .nullable()
    .default(null),
  publicUrl: z
    .url({ protocol: /^https?$/, error: "an address such as https://canhdong.example.vn is needed" })
    .nullable()
    .default(null)
    .describe("How people reach the page when a reverse proxy stands before it."),
  trustProxy: z
    .array(z.string().min(1))
    .default([])
    .describe(
      "Addresses of reverse proxies whose X-Forwarded-For is believed, such as 10.0.0.2 or 10.0.0.0/8.",
    ),
  sessionDays: z.number().min(0.01).max(365).default(30).describe("How long a person stays signed in."),
  signIn: z
    .strictObject({
      attempts: z
        .number()
        .int()
        .min(1)
        .default(5)
        .describe("Wrong passwords for one name from one address before it has to wait."),
      attemptsPerAddress: z
        .number()
        .int()
        .min(1)
        .default(50)
        .describe("The same from one address for any names; a cooperative may share one address."),
      withinMinutes: z.number().min(1).max(1440).default(15),
    })
    .prefault({}),
  requestsPerMinute: z
    .number()
    .int()
    .min(10)
    .default(1200)
    .describe("From one address, all requests together."),
  liveStreams: z.number().int().min(1).default(500).describe("Pages that may watch live at the same time."),
  metricsToken: z
    .string()
    .min(20)
    .nullable()
    .default(null)
    .describe("Lets a Prometheus on another machine read /api/v1/metrics, and nothing else."),
});
export type HttpSettings = z.infer<typeof httpSettings>;
