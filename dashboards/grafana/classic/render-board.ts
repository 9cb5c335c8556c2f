import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  ConstantVariableBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  type DashboardLink,
  DashboardLinkBuilder,
  DashboardLinkType,
  type GridPos,
  QueryVariableBuilder,
  VariableHide,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { pageAddress, pageVariable } from "../addresses.ts";
import type { Board, Panel, Variable } from "../board.ts";
import { dataSource } from "./data-source.ts";
import { panelBuilder } from "./panel.ts";

/** Every board carries it, and finds the others by it. */
const tag = "canhdong";
const columnsOfGrid = 24;

/** A board in Grafana's classic form (schemaVersion 42), which versions 11 to 13 read from files. */
export function renderBoard(board: Board, pageUrl: string): Dashboard {
  const builder = new DashboardBuilder(board.title.vi)
    .uid(board.uid)
    .description(board.title.en)
    .tags([tag])
    .timezone("Asia/Ho_Chi_Minh")
    .time({ from: `now-${board.span}`, to: "now" })
    .refresh("1m")
    .tooltip(DashboardCursorSync.Crosshair)
    .readonly()
    .links(links())
    .annotations([]);
  for (const variable of board.variables) builder.withVariable(variableBuilder(variable));
  builder.withVariable(hiddenConstant(pageVariable, pageUrl));
  const places = placesOf(board.panels);
  for (const [at, panel] of board.panels.entries()) builder.withPanel(panelBuilder(panel, places[at]!));
  return builder.build();
}

function links(): Builder<DashboardLink>[] {
  const all = [
    new DashboardLinkBuilder("Các bảng")
      .type(DashboardLinkType.Dashboards)
      .tags([tag])
      .asDropdown(true)
      .includeVars(true)
      .keepTime(true),
    new DashboardLinkBuilder("Trang Canhdong")
      .type(DashboardLinkType.Link)
      .icon("external link")
      .tooltip("Canhdong's own page")
      .url(pageAddress(""))
      .targetBlank(true),
  ];
  // By default the SDK hides links in a menu.
  return all.map((link) => ({ build: () => withoutPlacement(link.build()) }));
}

function withoutPlacement({ placement, ...link }: DashboardLink): DashboardLink {
  return link;
}

function variableBuilder({ name, title, query, pattern }: Variable): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(title.vi)
    .description(title.en)
    .datasource(dataSource)
    .query(query)
    .regex(pattern)
    .multi(true)
    .includeAll(true)
    .current({ text: ["All"], value: ["$__all"], selected: true })
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.NaturalAsc)
    .allowCustomValue(false);
}

function hiddenConstant(name: string, value: string): Builder<VariableModel> {
  const constant = new ConstantVariableBuilder(name).value(value).build();
  return { build: () => ({ ...constant, hide: VariableHide.HideVariable }) };
}

/** From left to right, in rows as high as their highest panel. */
function placesOf(panels: readonly Panel[]): GridPos[] {
  let [x, y, rowHeight] = [0, 0, 0];
  return panels.map(({ width, height }) => {
    if (x + width > columnsOfGrid) [x, y, rowHeight] = [0, y + rowHeight, 0];
    const place = { x, y, w: width, h: height };
    x += width;
    rowHeight = Math.max(rowHeight, height);
    return place;
  });
}
