import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { foldedName } from "./folded-name.ts";
import { shippedUnits } from "./shipped-units.ts";
import { createUnitBook } from "./unit-book.ts";

/** The shipped list against lists made independently from the General Statistics Office's, where they are at hand. */

const folder = join(import.meta.dirname, "../../../shared/data/vn_units");
const book = createUnitBook(shippedUnits());

interface Now {
  readonly Code: string;
  readonly FullName: string;
  readonly Wards: readonly { readonly Code: string; readonly FullName: string }[];
}
interface Before {
  readonly Code: string;
  readonly FullName: string;
  readonly District: readonly {
    readonly FullName: string;
    readonly Ward?: readonly { readonly Code: string; readonly FullName: string }[];
  }[];
}

const read = <T>(file: string) => JSON.parse(readFileSync(join(folder, file), "utf8")) as T;

/** `Thị trấn NT Trần Phú` (of a state farm, nông trường) is `Thị trấn Trần Phú` elsewhere. */
const spelt = (name: string) => foldedName(name.replace(" NT ", " "));

describe.skipIf(!existsSync(folder))("beside the official lists", () => {
  test("provinces and communes of today have the same codes, names and provinces", () => {
    const today = "2026-07-25";
    const official = read<Now[]>("vn_units_2026-07-25.json").flatMap((province) => [
      `${province.Code} ${spelt(province.FullName)}`,
      ...province.Wards.map(({ Code, FullName }) => `${province.Code} ${Code} ${spelt(FullName)}`),
    ]);
    const shipped = book
      .provincesOn(today)
      .flatMap(({ code, name }) => [
        `${code} ${spelt(name)}`,
        ...book.communesOf(code, today).map((unit) => `${code} ${unit.code} ${spelt(unit.name)}`),
      ]);
    expect(shipped.toSorted()).toEqual(official.toSorted());
  });

  test("communes before July 2025 have the same codes, names, districts and provinces", () => {
    const date = "2025-06-30";
    const official = read<Before[]>("vn_units_v2.4.1.json").flatMap((province) =>
      province.District.flatMap(({ FullName: district, Ward }) =>
        (Ward ?? []).map(
          ({ Code, FullName }) => `${province.Code} ${Code} ${spelt(FullName)} ${spelt(district)}`,
        ),
      ),
    );
    const shipped = book
      .provincesOn(date)
      .flatMap(({ code }) =>
        book
          .communesOf(code, date)
          .map((unit) => `${code} ${unit.code} ${spelt(unit.name)} ${spelt(unit.district ?? "")}`),
      );
    expect(shipped.toSorted()).toEqual(official.toSorted());
  });
});
