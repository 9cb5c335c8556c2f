import { am319, ozone } from "../milesight-am319/milesight-am319.ts";

export const milesightAm319O3 = am319("milesight-am319-o3", "AM319 indoor air, with ozone", ozone);
