/** Scans the tables of one set, one after another, and gathers what was wrong with them. */
import type { Folder } from '../../base/bytes.ts';
import { ProblemError } from '../../base/problem.ts';
import type { ReadContext } from '../contract.ts';
import type { ProblemList } from '../problemList.ts';
import type { TableShape } from '../tables/scanTable.ts';
import { scanTable } from '../tables/scanTable.ts';
import { KeyField } from '../tables/tokenFields.ts';
import { NO_TOKEN, TokenTable } from '../tables/tokenTable.ts';

export class TableReader {
  readonly problems: ProblemList;
  readonly #folder: Folder;
  readonly #prefix: string;
  readonly #context: ReadContext;
  readonly #sizes: ReadonlyMap<string, number>;

  constructor(folder: Folder, prefix: string, problems: ProblemList, context: ReadContext) {
    this.problems = problems;
    this.#folder = folder;
    this.#prefix = prefix;
    this.#context = context;
    const own = folder.entries.filter(
      ({ path }) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'),
    );
    this.#sizes = new Map(own.map(({ path, size }) => [path.slice(prefix.length), size]));
  }

  pathOf(table: string): string {
    return `${this.#prefix}${table}.json`;
  }

  has(table: string): boolean {
    return this.#sizes.has(`${table}.json`);
  }

  /** Rows in the columns; 0 where the table is missing (`table-missing`, unless it is optional). */
  async read(table: string, shape: TableShape, isOptional = false): Promise<number> {
    const path = this.pathOf(table);
    if (!this.has(table)) {
      if (!isOptional) this.problems.add({ code: 'table-missing', severity: 'error', path });
      return 0;
    }
    try {
      const source = await this.#folder.open(path);
      const scan = await scanTable(source, path, shape, this.#context);
      this.problems.addAll(scan.problems);
      return scan.rows;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.problems.add(error.problem);
      return 0;
    }
  }
}

/** A table whose rows others refer to: row i has token i. A row whose token is empty or taken is left out and told. */
export class KeyedTable {
  readonly tokens = new TokenTable();
  readonly key = new KeyField(this.tokens);
  readonly #name: string;
  readonly #problems: TroubleCounts;

  constructor(name: string, troubles: TroubleCounts) {
    this.#name = name;
    this.#problems = troubles;
  }

  keep(row: number, position: number): boolean {
    const token = this.key.values[row]!;
    if (token === row) return true;
    const code = token === NO_TOKEN ? 'nuscenes-token-missing' : 'nuscenes-token-repeated';
    this.#problems.count(code, this.#name, 'token', position);
    return false;
  }
}

interface Trouble {
  readonly code: string;
  readonly table: string;
  readonly field: string;
  readonly position: number;
  count: number;
}

/** The same trouble in many rows is told once a table and field, with the first place and how often. */
export class TroubleCounts {
  readonly #troubles = new Map<string, Trouble>();

  count(code: string, table: string, field: string, position: number): void {
    const key = `${code} ${table} ${field}`;
    const known = this.#troubles.get(key);
    if (known) known.count++;
    else this.#troubles.set(key, { code, table, field, position, count: 1 });
  }

  tellTo(reader: TableReader): void {
    for (const { code, table, field, position, count } of this.#troubles.values()) {
      reader.problems.add({
        code,
        severity: 'warning',
        path: reader.pathOf(table),
        place: `byte ${position}`,
        params: { field, count },
      });
    }
  }
}
