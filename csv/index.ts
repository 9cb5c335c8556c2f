export {
  type ReadTable,
  readTable,
  type TableLine,
  type TableProblem,
  type TableRow,
  type TableShape,
  tableOf,
} from "./read-table.ts";
export { writeTable } from "./write-table.ts";
