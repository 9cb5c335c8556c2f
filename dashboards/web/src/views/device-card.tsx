import type { AlertInfo, DeviceSummary } from "../../../../app/http/shapes.ts";
import { conditionOf } from "../data/places.ts";
import { deviceHref } from "../route.ts";
import { Head } from "./head.tsx";
import { ConditionPill, LastHeard } from "./notices.tsx";

/** A device that stands nowhere yet. */
export function DeviceCard({ device, alerts }: { device: DeviceSummary; alerts: readonly AlertInfo[] }) {
  const condition = conditionOf([device], alerts);
  return (
    <li class={`card ${condition}`}>
      <Head kind="device" on="card">
        <h2>
          <a class="card-link" href={deviceHref(device.id)}>
            {device.label}
          </a>
        </h2>
        <p class="soft">{device.model}</p>
      </Head>
      <footer class="card-foot soft">
        <ConditionPill condition={condition} />
        <LastHeard atMs={device.lastSeenMs} />
      </footer>
    </li>
  );
}
