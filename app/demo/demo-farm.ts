/** The places of the demonstration: parcels, ponds and sheds such as the five provinces have, in communes that exist. */
export interface DemoPlace {
  readonly id: string;
  readonly kind: "parcel" | "pond" | "shed";
  readonly name: string;
  /** Code of the General Statistics Office, as of 1 July 2025. */
  readonly communeCode: string;
  readonly communeName: string;
  readonly areaHa: number;
  readonly latitude: number;
  readonly longitude: number;
  /** How many nodes stand there. */
  readonly nodes: number;
}

export const demoPlaces: readonly DemoPlace[] = [
  parcel("buoi-phuc-trach", "Vườn bưởi nhà bà Lan", "18547", "Xã Phúc Trạch", 1.2, 18.21, 105.81, 2),
  parcel("lua-cam-binh", "Ruộng lúa thôn Tam Đồng", "18685", "Xã Cẩm Bình", 2.5, 18.3, 105.95, 2),
  parcel("lac-nghi-loc", "Đồng lạc Nghi Lộc", "17827", "Xã Nghi Lộc", 1.8, 18.82, 105.6, 2),
  parcel("ca-phe-ia-bang", "Rẫy cà phê Ia Băng", "23710", "Xã Ia Băng", 3.1, 13.87, 108.02, 2),
  parcel("vai-thanh-ha", "Vườn vải Thanh Hà", "10813", "Xã Thanh Hà", 0.9, 20.9, 106.43, 2),
  pond("tom-quang-dien-1", "Ao tôm số 1", "19867", "Xã Quảng Điền", 0.4, 16.58, 107.5, 2),
  pond("tom-quang-dien-2", "Ao tôm số 2", "19867", "Xã Quảng Điền", 0.5, 16.58, 107.51, 2),
  pond("ca-long-dan-dien", "Lồng cá sông Bồ", "19885", "Xã Đan Điền", 0.1, 16.55, 107.46, 2),
  pond("ca-ao-dan-dien", "Ao cá nhà ông Hòa", "19885", "Xã Đan Điền", 0.6, 16.54, 107.47, 2),
  shed("ga-thach-ha-1", "Chuồng gà số 1", "18562", "Xã Thạch Hà", 0.12, 18.36, 105.86, 2),
  shed("ga-thach-ha-2", "Chuồng gà số 2", "18562", "Xã Thạch Hà", 0.12, 18.36, 105.87, 2),
  shed("heo-thach-ha", "Chuồng heo nái", "18562", "Xã Thạch Hà", 0.08, 18.35, 105.86, 2),
];

type Row = readonly [
  id: string,
  name: string,
  communeCode: string,
  communeName: string,
  areaHa: number,
  latitude: number,
  longitude: number,
  nodes: number,
];

function place(kind: DemoPlace["kind"], row: Row): DemoPlace {
  const [id, name, communeCode, communeName, areaHa, latitude, longitude, nodes] = row;
  return { id, kind, name, communeCode, communeName, areaHa, latitude, longitude, nodes };
}

function parcel(...row: Row): DemoPlace {
  return place("parcel", row);
}

function pond(...row: Row): DemoPlace {
  return place("pond", row);
}

function shed(...row: Row): DemoPlace {
  return place("shed", row);
}
