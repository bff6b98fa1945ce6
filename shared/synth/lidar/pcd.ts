/** Writes a sweep as binary PCD 0.7: float rows that begin on a multiple of four bytes, so that readers need not copy. */
import { type MadeSweep, POINT_FLOATS } from './sweep.ts';

export function encodePcd(sweep: MadeSweep): Uint8Array<ArrayBuffer> {
  const { count } = sweep;
  const lines = [
    '# .PCD v0.7 - Point Cloud Data file format',
    'VERSION 0.7',
    'FIELDS x y z intensity ring time',
    'SIZE 4 4 4 4 4 4',
    'TYPE F F F F F F',
    'COUNT 1 1 1 1 1 1',
    `WIDTH ${count}`,
    'HEIGHT 1',
    'VIEWPOINT 0 0 0 1 0 0 0',
    `POINTS ${count}`,
    'DATA binary',
  ];
  const bare = `${lines.join('\n')}\n`;
  lines[0] += '#'.repeat((4 - (bare.length % 4)) % 4);
  const header = new TextEncoder().encode(`${lines.join('\n')}\n`);
  const file = new Uint8Array(header.length + 4 * POINT_FLOATS * count);
  file.set(header);
  // PCD is little-endian whatever the machine is.
  const view = new DataView(file.buffer, header.length);
  for (let i = 0; i < POINT_FLOATS * count; i++) view.setFloat32(4 * i, sweep.rows[i]!, true);
  return file;
}
