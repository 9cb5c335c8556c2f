import type { crops, soilTextures } from "../../agronomy/index.ts";

/** What has to be known of where a device stands; null where nobody told. */
export interface Surroundings {
  /** Id of the parcel, pond or shed. */
  readonly place: string | null;
  readonly placeKind: "parcel" | "pond" | "shed" | null;
  readonly latitudeDeg: number | null;
  readonly longitudeDeg: number | null;
  /** Taken as sea level where nobody knows: 500 m more change the evapotranspiration by about 1 %. */
  readonly altitudeM: number | null;
  readonly soilTexture: keyof typeof soilTextures | null;
  readonly crop: keyof typeof crops | null;
  /** How deep the roots are now; that of the crop where it is not told. */
  readonly rootDepthM: number | null;
}
