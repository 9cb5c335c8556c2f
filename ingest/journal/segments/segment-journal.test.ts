import { journalContract } from "../journal-contract.ts";
import { openSegmentJournal } from "./open-segment-journal.ts";

journalContract((folder) => openSegmentJournal({ folder, segmentBytes: 4096 }));
