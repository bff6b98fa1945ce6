/** Damage of a Parquet file on its way out of the decoder: thrown deep inside, made a problem at the door. */

/** Which part of the file is wrong; the sentence of `parquet-broken` names it. */
export type ParquetFault =
  | 'footer'
  | 'schema'
  | 'page-header'
  | 'page-size'
  | 'page-data'
  | 'levels'
  | 'dictionary'
  | 'compression'
  | 'too-large';

export class ParquetError extends Error {
  readonly fault: ParquetFault;
  /** Byte of the file near which it was found, where that is known. */
  readonly byte: number | null;

  constructor(fault: ParquetFault, byte: number | null = null) {
    super(`parquet: ${fault}`);
    this.fault = fault;
    this.byte = byte;
  }
}
