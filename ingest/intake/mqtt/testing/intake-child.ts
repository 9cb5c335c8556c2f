/**
 * A process that the tests kill: takes messages of a broker into a journal, and says `at N.` whenever the journal's end
 * has moved.
 *
 *   node intake-child.ts JOURNAL_FOLDER INTAKE_AS_JSON
 */
import { openSegmentJournal } from "../../../journal/segments/open-segment-journal.ts";
import { readCredentials } from "../credentials.ts";
import { openMqttIntake } from "../open-mqtt-intake.ts";
import { mqttIntakes } from "../settings.ts";

const [folder = "", written = ""] = process.argv.slice(2);
const journal = await openSegmentJournal({ folder, segmentBytes: 65_536 });
const settings = mqttIntakes.parse([JSON.parse(written)])[0]!;
const quiet = { info() {}, warn() {}, error() {} };
openMqttIntake({
  settings,
  credentials: readCredentials(settings, process.env, () => {}),
  sink: { accept: (uplink, accepted) => journal.append(uplink, accepted) },
  now: Date.now,
  random: () => 0,
  log: quiet,
});
journal.onAppended(() => process.stdout.write(`at ${journal.end}.\n`));
