/** The variable-length records between a LAS header and its points: who wrote them, what kind, and their bytes. */
import type { ByteSource } from '../../../base/bytes.ts';
import type { LasHeader } from './lasHeader.ts';

export interface VariableRecord {
  readonly user: string;
  readonly id: number;
  readonly bytes: Uint8Array;
}

const RECORD_HEADER = 54;
/** Maps and waveform tables may be long, but what is looked for here stands within this much. */
const LONGEST_RECORDS = 4 << 20;

const decoder = new TextDecoder('latin1');

/** Whole records that really are there, however many the header states. */
export async function readVariableRecords(source: ByteSource, header: LasHeader): Promise<VariableRecord[]> {
  const end = Math.min(header.pointOffset, source.length, header.headerBytes + LONGEST_RECORDS);
  const bytes = await source.slice(header.headerBytes, Math.max(header.headerBytes, end));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records: VariableRecord[] = [];
  for (let at = 0; records.length < header.records && at + RECORD_HEADER <= bytes.length; ) {
    const start = at + RECORD_HEADER;
    const next = start + view.getUint16(at + 20, true);
    if (next > bytes.length) break;
    const user = decoder.decode(bytes.subarray(at + 2, at + 18)).replace(/\0.*$/s, '');
    records.push({ user, id: view.getUint16(at + 18, true), bytes: bytes.subarray(start, next) });
    at = next;
  }
  return records;
}
