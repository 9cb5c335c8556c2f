/** What a pushed message becomes on the screen of a phone, with the page open or not. */
export interface Shown {
  readonly title: string;
  readonly options: NotificationOptions & { readonly renotify?: boolean };
}

/** As the server sends it: see the notifier that tells browsers. */
interface Pushed {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly severity: string;
  readonly language: string;
  readonly url?: string;
}

/**
 * Reads a message. Browsers take the permission away from whoever receives one and shows nothing, so what cannot be read is shown, too.
 *
 * @param text the decrypted payload; null when there was none
 */
export function shownOf(text: string | null): Shown {
  const pushed = parsed(text);
  if (pushed === null)
    return { title: "Canhdong", options: { body: "Có tin mới. Mở trang để xem.", lang: "vi" } };
  const { title, body, tag, severity, language, url } = pushed;
  return {
    title,
    options: {
      body,
      lang: language,
      icon: "/icon.svg",
      // The next word about an alert takes the place of the one before, and is heard all the same.
      tag,
      renotify: true,
      requireInteraction: severity === "critical",
      data: { url: url ?? null },
    },
  };
}

/** Where a tap leads: to the page that acknowledges it, if that is ours; else to the alerts. */
export function addressAfter(data: unknown, origin: string): string {
  const url = (data as { url?: unknown } | null)?.url;
  const isOurs = typeof url === "string" && URL.canParse(url) && new URL(url).origin === origin;
  return isOurs ? url : `${origin}/#/alerts`;
}

function parsed(text: string | null): Pushed | null {
  try {
    const read = JSON.parse(text ?? "null") as Partial<Pushed> | null;
    return typeof read?.title === "string" && typeof read.tag === "string" ? (read as Pushed) : null;
  } catch {
    return null;
  }
}
