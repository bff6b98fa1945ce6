/** The plainest reader of all-float binary PCD, so that the writer is not tested by its own kin. */
export function readPcd(file: Uint8Array): {
  fields: string[];
  count: number;
  rows: Float32Array;
  start: number;
} {
  const text = Buffer.from(file).toString('latin1');
  const start = text.indexOf('DATA binary\n') + 'DATA binary\n'.length;
  const header = new Map(
    text
      .slice(0, start)
      .split('\n')
      .map((line) => [line.split(' ')[0]!, line.split(' ').slice(1)]),
  );
  const fields = header.get('FIELDS')!;
  const count = Number(header.get('POINTS')![0]);
  if (file.length !== start + 4 * fields.length * count) throw new Error('length and header disagree');
  const rows = new Float32Array(file.slice(start).buffer);
  return { fields, count, rows, start };
}
