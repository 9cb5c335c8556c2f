/** Addresses of the boards: boards link to each other, and people keep them as bookmarks. */
export const uids = {
  province: "canhdong-province",
  commune: "canhdong-commune",
  model: "canhdong-model",
  parcel: "canhdong-parcel",
  pond: "canhdong-pond",
  shed: "canhdong-shed",
  weather: "canhdong-weather",
  health: "canhdong-health",
  alerts: "canhdong-alerts",
  linkage: "canhdong-linkage",
} as const;
