import { milesight } from "../frames/milesight.ts";
import { valveAnswers, valveChannels } from "../milesight-uc511/milesight-uc511.ts";
import { valveCommands } from "../milesight-uc511/valve-commands.ts";

export const milesightUc512 = milesight({
  name: "milesight-uc512",
  label: "UC512 battery valve controller",
  channels: valveChannels,
  answers: valveAnswers,
  downlinks: valveCommands,
});
