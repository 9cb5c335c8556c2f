import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { boards } from "./boards/boards.ts";
import { renderBoard } from "./classic/render-board.ts";
import { jsonText } from "./json-text.ts";

/** A board as a file. */
export interface BoardFile {
  readonly name: string;
  readonly text: string;
  readonly board: Dashboard;
}

/** The address of the page in the boards that are committed: compose maps it there. */
export const usualPageUrl = "http://localhost:8080";

/** Every board as it is written to a file: the same boards are the same bytes. */
export function buildBoards(pageUrl: string = usualPageUrl): readonly BoardFile[] {
  return boards.map((board) => {
    const rendered = renderBoard(board, pageUrl.replace(/\/+$/, ""));
    return {
      name: `${board.uid}.json`,
      text: jsonText(rendered),
      board: rendered,
    };
  });
}
