export { builtFolder, checkBoards, writeAlertRules, writeBoards } from "./board-files.ts";
export { usualPageUrl } from "./build-boards.ts";
