/**
 * Rows that name the row before and after them. The chains are never followed, only held against time: one that
 * closes on itself must step back somewhere, so every turn is found and nothing can run in circles.
 */

import { grown } from '../tables/growing.ts';
import { KeyField, TokenField } from '../tables/tokenFields.ts';
import { NO_TOKEN, TokenTable } from '../tables/tokenTable.ts';
import type { TroubleCounts } from './tableReader.ts';

/** In `rowOf`: a token that other rows name and no row has. */
export const NO_ROW = -1;

export class ChainedRows {
  readonly tokens = new TokenTable();
  readonly fields = {
    token: new KeyField(this.tokens),
    prev: new TokenField(this.tokens, 'defining'),
    next: new TokenField(this.tokens, 'defining'),
  };
  /** Byte of the file where each row starts. */
  positions = new Float64Array(64);
  readonly #table: string;
  readonly #troubles: TroubleCounts;
  /** Row + 1 by token, 0 where there is none. */
  #rows = new Int32Array(64);

  constructor(table: string, troubles: TroubleCounts) {
    this.#table = table;
    this.#troubles = troubles;
  }

  /** Row that has the token, or NO_ROW. */
  rowOf(token: number): number {
    return token >= 0 && token < this.#rows.length ? this.#rows[token]! - 1 : NO_ROW;
  }

  /** False, and told, where the row has no token or one that another row has. */
  keep(row: number, position: number): boolean {
    const token = this.fields.token.values[row]!;
    if (token === NO_TOKEN) {
      this.#troubles.count('nuscenes-token-missing', this.#table, 'token', position);
      return false;
    }
    if (token >= this.#rows.length) this.#rows = grown(this.#rows, token + 1);
    if (this.#rows[token] !== 0) {
      this.#troubles.count('nuscenes-token-repeated', this.#table, 'token', position);
      return false;
    }
    this.#rows[token] = row + 1;
    if (row >= this.positions.length) this.positions = grown(this.positions, row + 1);
    this.positions[row] = position;
    return true;
  }

  /** Tells links to rows that are not there, and links that do not lead on. `isLater(row, other)`: other follows row. */
  check(rows: number, isLater: (row: number, other: number) => boolean): void {
    const { prev, next } = this.fields;
    for (let row = 0; row < rows; row++) {
      const before = prev.values[row]!;
      if (before !== NO_TOKEN) {
        const other = this.rowOf(before);
        if (other === NO_ROW) this.#tell('nuscenes-chain-open', 'prev', row);
        else if (!isLater(other, row)) this.#tell('nuscenes-chain-turns', 'prev', row);
      }
      const after = next.values[row]!;
      if (after !== NO_TOKEN) {
        const other = this.rowOf(after);
        if (other === NO_ROW) this.#tell('nuscenes-chain-open', 'next', row);
        else if (!isLater(row, other)) this.#tell('nuscenes-chain-turns', 'next', row);
      }
    }
  }

  /** From here on only texts and positions are asked for. */
  forgetLinks(): void {
    this.fields.prev.values = new Int32Array(0);
    this.fields.next.values = new Int32Array(0);
    this.#rows = new Int32Array(0);
    this.tokens.freeze();
  }

  #tell(code: string, field: string, row: number): void {
    this.#troubles.count(code, this.#table, field, this.positions[row]!);
  }
}
