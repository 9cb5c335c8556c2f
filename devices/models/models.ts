import { browanTbhh100 } from "./browan-tbhh100/browan-tbhh100.ts";
import { decentlabDlAtm41 } from "./decentlab-dl-atm41/decentlab-dl-atm41.ts";
import { decentlabDlAtm41g2 } from "./decentlab-dl-atm41g2/decentlab-dl-atm41g2.ts";
import { decentlabDlCtd10 } from "./decentlab-dl-ctd10/decentlab-dl-ctd10.ts";
import { decentlabDlLws } from "./decentlab-dl-lws/decentlab-dl-lws.ts";
import { decentlabDlOptod } from "./decentlab-dl-optod/decentlab-dl-optod.ts";
import { decentlabDlSmtp } from "./decentlab-dl-smtp/decentlab-dl-smtp.ts";
import { decentlabDlTrs12 } from "./decentlab-dl-trs12/decentlab-dl-trs12.ts";
import type { DeviceModel } from "./device-model.ts";
import { draginoDds75Lb } from "./dragino-dds75-lb/dragino-dds75-lb.ts";
import { draginoLdds75 } from "./dragino-ldds75/dragino-ldds75.ts";
import { draginoLht65 } from "./dragino-lht65/dragino-lht65.ts";
import { draginoLht65n } from "./dragino-lht65n/dragino-lht65n.ts";
import { draginoLlms01 } from "./dragino-llms01/dragino-llms01.ts";
import { draginoLms01Lb } from "./dragino-lms01-lb/dragino-lms01-lb.ts";
import { draginoLse01 } from "./dragino-lse01/dragino-lse01.ts";
import { draginoLsph01 } from "./dragino-lsph01/dragino-lsph01.ts";
import { draginoPsLb } from "./dragino-ps-lb/dragino-ps-lb.ts";
import { draginoSe01Lb } from "./dragino-se01-lb/dragino-se01-lb.ts";
import { draginoSn50v3Lb } from "./dragino-sn50v3-lb/dragino-sn50v3-lb.ts";
import { draginoSph01Lb } from "./dragino-sph01-lb/dragino-sph01-lb.ts";
import { draginoWqsLb } from "./dragino-wqs-lb/dragino-wqs-lb.ts";
import { milesightAm319 } from "./milesight-am319/milesight-am319.ts";
import { milesightAm319O3 } from "./milesight-am319-o3/milesight-am319-o3.ts";
import { milesightEm300Th } from "./milesight-em300-th/milesight-em300-th.ts";
import { milesightEm310Udl } from "./milesight-em310-udl/milesight-em310-udl.ts";
import { milesightEm500Co2 } from "./milesight-em500-co2/milesight-em500-co2.ts";
import { milesightEm500Lgt } from "./milesight-em500-lgt/milesight-em500-lgt.ts";
import { milesightEm500Pp } from "./milesight-em500-pp/milesight-em500-pp.ts";
import { milesightEm500Smtc } from "./milesight-em500-smtc/milesight-em500-smtc.ts";
import { milesightEm500Swl } from "./milesight-em500-swl/milesight-em500-swl.ts";
import { milesightEm500Udl } from "./milesight-em500-udl/milesight-em500-udl.ts";
import { milesightGs301 } from "./milesight-gs301/milesight-gs301.ts";
import { milesightUc511 } from "./milesight-uc511/milesight-uc511.ts";
import { milesightUc512 } from "./milesight-uc512/milesight-uc512.ts";
import { milesightWts506 } from "./milesight-wts506/milesight-wts506.ts";
import { sensecapS2100 } from "./sensecap-s2100/sensecap-s2100.ts";
import { sensecapS2101 } from "./sensecap-s2101/sensecap-s2101.ts";
import { sensecapS2102 } from "./sensecap-s2102/sensecap-s2102.ts";
import { sensecapS2103 } from "./sensecap-s2103/sensecap-s2103.ts";
import { sensecapS2104 } from "./sensecap-s2104/sensecap-s2104.ts";
import { sensecapS2105 } from "./sensecap-s2105/sensecap-s2105.ts";
import { sensecapS2120 } from "./sensecap-s2120/sensecap-s2120.ts";

/** Every device that is understood. A new one is a folder here and a line below. */
export const models: readonly DeviceModel[] = [
  browanTbhh100,
  decentlabDlAtm41,
  decentlabDlAtm41g2,
  decentlabDlCtd10,
  decentlabDlLws,
  decentlabDlOptod,
  decentlabDlSmtp,
  decentlabDlTrs12,
  draginoDds75Lb,
  draginoLdds75,
  draginoLht65,
  draginoLht65n,
  draginoLlms01,
  draginoLms01Lb,
  draginoLse01,
  draginoLsph01,
  draginoPsLb,
  draginoSe01Lb,
  draginoSn50v3Lb,
  draginoSph01Lb,
  draginoWqsLb,
  milesightAm319,
  milesightAm319O3,
  milesightEm300Th,
  milesightEm310Udl,
  milesightEm500Co2,
  milesightEm500Lgt,
  milesightEm500Pp,
  milesightEm500Smtc,
  milesightEm500Swl,
  milesightEm500Udl,
  milesightGs301,
  milesightUc511,
  milesightUc512,
  milesightWts506,
  sensecapS2100,
  sensecapS2101,
  sensecapS2102,
  sensecapS2103,
  sensecapS2104,
  sensecapS2105,
  sensecapS2120,
];

const byName = new Map(models.flatMap((model) => [...namesOf(model)].map((name) => [name, model])));

/** The model of that name, with or without the vendor (`dragino-lse01`, `lse01`), in any case. */
export function modelOf(name: string): DeviceModel | undefined {
  return byName.get(name.toLowerCase());
}

function namesOf({ name }: DeviceModel): readonly string[] {
  return [name, name.slice(name.indexOf("-") + 1)];
}
