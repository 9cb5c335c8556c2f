import type { SiteModel } from "../site.ts";

/** A mast in the open: what it tells is the sky, which every site in the open shares. */
export function weatherStationModel(): SiteModel<null> {
  return {
    isOpen: true,
    actions: [],
    inputs: [],
    runUpHours: 0,
    start: null,
    step: () => null,
    put: () => null,
    truth: () => ({}),
  };
}
