/** Looking up a drawn unit or search cell by its id. */
import type { DrawnCell, DrawnUnit } from './events.ts';
import type { AuditState } from './state.ts';

/** Lookup tables of a draw, made once for each: a sample is frozen, so they never go stale. */
const unitsOfDraw = new WeakMap<object, ReadonlyMap<string, DrawnUnit>>();
const cellsOfDraw = new WeakMap<object, ReadonlyMap<string, DrawnCell>>();

/** The drawn unit of that id, or null. */
export function drawnUnit(state: AuditState, id: string): DrawnUnit | null {
  return lookUp(unitsOfDraw, state.sample?.labels.units, id);
}

/** The drawn search cell of that id, or null. */
export function drawnCell(state: AuditState, id: string): DrawnCell | null {
  return lookUp(cellsOfDraw, state.sample?.cells.units, id);
}

function lookUp<Row extends { readonly id: string }>(
  tables: WeakMap<object, ReadonlyMap<string, Row>>,
  rows: readonly Row[] | undefined,
  id: string,
): Row | null {
  if (!rows) return null;
  let table = tables.get(rows);
  if (!table) {
    table = new Map(rows.map((row) => [row.id, row]));
    tables.set(rows, table);
  }
  return table.get(id) ?? null;
}
