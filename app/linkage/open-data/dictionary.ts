import { datasets, openFormats } from "./index.ts";

/** Every table and column of the open data: name, type, unit, and what it means in both languages. */
export function dictionary() {
  return {
    version: 1,
    about: {
      vi: "Chỉ gồm số liệu đã được hai người đề xuất và xác nhận. Tính theo quy tắc nêu trong từng dòng; không phải số liệu thống kê chính thức. Không có dữ liệu cá nhân.",
      en: "Only what was proposed and confirmed by two people. Counted by the rule that each row names; no official statistics. No personal data.",
    },
    datasets: datasets.map(({ name, title, about, key, columns }) => ({
      name,
      title,
      about,
      files: openFormats.map((format) => `${name}.${format}`),
      key,
      columns: Object.entries(columns).map(([column, explained]) => ({ name: column, ...explained })),
    })),
  };
}
