import type { ComponentType } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import { Failure, Skeleton } from "./notices.tsx";

/**
 * A page whose script is fetched when somebody first goes there: farmers in the field do not wait for what officers do at a desk. The
 * service worker keeps it with all others.
 */
export function lazyPage<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let fetched: ComponentType<Props> | null = null;
  return function LazyPage(props: Props) {
    const [Page, setPage] = useState<ComponentType<Props> | null>(() => fetched);
    const [failed, setFailed] = useState(false);
    const fetchPage = useCallback(() => {
      setFailed(false);
      load().then(
        (page) => {
          fetched = page;
          setPage(() => page);
        },
        () => setFailed(true),
      );
    }, []);
    useEffect(() => {
      if (Page === null) fetchPage();
    }, [Page, fetchPage]);
    if (Page !== null) return <Page {...props} />;
    return failed ? <Failure kind="offline" retry={fetchPage} /> : <Skeleton blocks={3} />;
  };
}
