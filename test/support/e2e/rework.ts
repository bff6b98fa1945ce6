/** The vendor's side of the rework list: a spreadsheet is opened, ticked and saved. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseCsv, writeCsv } from '../../../shared/report/csv.ts';

/** What the vendor writes beside a finding, by column (`agree`, `dispute`, `fixed`, `remark`). */
export type Ticks = Readonly<Record<string, string>>;

export function findingIds(list: string): string[] {
  const [, ...rows] = parseCsv(readFileSync(list, 'utf8'));
  return rows.map(({ cells }) => cells[0]!);
}

/** Fills the list at `from` and saves it at `to`: the columns keep their names, the rows their order. */
export function fillRework(from: string, to: string, ticks: ReadonlyMap<string, Ticks>): void {
  const [header, ...rows] = parseCsv(readFileSync(from, 'utf8'));
  const columns = header!.cells;
  const filled = rows.map(({ cells }) => {
    const mine = ticks.get(cells[0]!) ?? {};
    return columns.map((column, at) => mine[column.toLowerCase()] ?? cells[at] ?? '');
  });
  writeFileSync(to, writeCsv([columns, ...filled]));
}
