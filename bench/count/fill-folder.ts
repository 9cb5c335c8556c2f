/** Fills a folder with the year of a province: `fill-folder.ts FOLDER SIZE`. Prints JSON, and on the way how far it is. */
import { type StoredSize, storeProvince } from "../../app/linkage/testing/stored-province.ts";

export interface FilledFolder {
  readonly seconds: number;
}

const [folder, sizeText] = process.argv.slice(2) as [string, string];
const begun = performance.now();
await storeProvince(folder, JSON.parse(sizeText) as StoredSize, (text) => console.error(text));
console.log(JSON.stringify({ seconds: (performance.now() - begun) / 1000 } satisfies FilledFolder));
