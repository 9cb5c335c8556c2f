import type { SkyEvent } from "../world/sky/events.ts";
import type { TroubleKind } from "./trouble.ts";

/** What people call it, for pictures and reports. */
export const troubleWords: Readonly<Record<TroubleKind, { readonly vi: string; readonly en: string }>> = {
  "power-cut": { vi: "mất điện", en: "power cut" },
  "network-down": { vi: "mất sóng di động", en: "mobile network down" },
  "half-open": { vi: "kết nối treo", en: "half-open connection" },
  "slow-network": { vi: "mạng chậm", en: "slow network" },
  "missed-puback": { vi: "mất tin xác nhận", en: "missed acknowledgements" },
  "reconnect-storm": { vi: "kết nối lại hàng loạt", en: "storm of reconnections" },
  "gateway-down": { vi: "trạm thu LoRaWAN ngừng", en: "gateway down" },
  lightning: { vi: "sét đánh trạm thu", en: "gateway struck by lightning" },
  theft: { vi: "thiết bị bị lấy trộm", en: "node stolen" },
  flood: { vi: "thiết bị gửi dồn dập", en: "flood of one device" },
  "clock-reset": { vi: "đồng hồ về năm 1970", en: "clock back to 1970" },
  restart: { vi: "khởi động lại", en: "restart" },
  "stuck-probe": { vi: "đầu đo đứng yên", en: "probe stuck" },
  "drifting-probe": { vi: "đầu đo trôi dần", en: "probe drifting" },
  "lying-probe": { vi: "đầu đo báo sai", en: "probe lying" },
  "noisy-probe": { vi: "đầu đo nhiễu", en: "probe noisy" },
  "disconnected-probe": { vi: "đứt dây đầu đo", en: "probe disconnected" },
};

export const skyWords: Readonly<Record<SkyEvent["kind"], { readonly vi: string; readonly en: string }>> = {
  typhoon: { vi: "bão", en: "typhoon" },
  drought: { vi: "hạn hán", en: "drought" },
  foehn: { vi: "gió Lào", en: "foehn" },
  "cold-spell": { vi: "rét đậm", en: "cold spell" },
  "heavy-rain": { vi: "mưa lớn", en: "heavy rain" },
  overcast: { vi: "trời âm u", en: "overcast" },
};
