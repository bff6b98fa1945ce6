/** The clouds that are decoded: one sweep of a made lidar in every carrier, and what of the real samples can be had. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './project.mjs';

const encoder = new TextEncoder();

/** A spinning lidar over uneven ground: x, y, z with all the digits a sensor's conversion gives, whole intensities. */
function spin(count, random) {
  const beams = 64;
  return Array.from({ length: count }, (_, i) => {
    const azimuth = (2 * Math.PI * Math.floor(i / beams)) / Math.ceil(count / beams);
    const elevation = -0.42 + (0.46 * (i % beams)) / beams;
    const range = 4 + 40 * Math.abs(Math.sin(3 * azimuth)) + random.normal() * 0.02;
    const ground = range * Math.cos(elevation);
    const z = range * Math.sin(elevation);
    return [ground * Math.cos(azimuth), ground * Math.sin(azimuth), z, random.integer(0, 255)];
  });
}

const float = (name) => ({ name, type: 'F', size: 4 });
const plain = ['x', 'y', 'z', 'intensity'].map(float);
const mixed = [...plain, { name: 'ring', type: 'U', size: 2 }, { name: 'time', type: 'F', size: 8 }];

function put(view, at, { type, size }, value) {
  if (type === 'U' && size === 1) view.setUint8(at, value);
  else if (type === 'U') view.setUint16(at, value, true);
  else if (size === 4) view.setFloat32(at, value, true);
  else view.setFloat64(at, value, true);
}

/** Values one after another: point by point, or field by field as compressed clouds have them. */
function binaryBody(fields, rows, isByField) {
  const rowBytes = fields.reduce((sum, { size }) => sum + size, 0);
  const bytes = new Uint8Array(rows.length * rowBytes);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  for (const [column, field] of fields.entries()) {
    for (const [i, row] of rows.entries()) {
      const at = isByField ? offset * rows.length + i * field.size : i * rowBytes + offset;
      put(view, at, field, row[column]);
    }
    offset += field.size;
  }
  return bytes;
}

function pcd(project, encoding, fields, points, body) {
  const line = (key, value) => `${key} ${fields.map(value).join(' ')}\n`;
  const header = [
    'VERSION 0.7\n',
    line('FIELDS', ({ name }) => name),
    line('SIZE', ({ size }) => size),
    line('TYPE', ({ type }) => type),
    line('COUNT', () => 1),
    `WIDTH ${points}\nHEIGHT 1\nVIEWPOINT 0 0 0 1 0 0 0\nPOINTS ${points}\nDATA ${encoding}\n`,
  ].join('');
  return project.joinBytes(encoder.encode(header), body);
}

function compressedBody(project, fields, rows) {
  const raw = binaryBody(fields, rows, true);
  const compressed = project.compressLzf(raw);
  const sizes = new Uint8Array(Uint32Array.of(compressed.length, raw.length).buffer);
  return project.joinBytes(sizes, compressed);
}

function ply(project, encoding, points, fields, body) {
  const types = { F4: 'float', F8: 'double', U1: 'uchar', U2: 'ushort' };
  const properties = fields.map(({ name, type, size }) => `property ${types[type + size]} ${name}\n`);
  const head = `ply\nformat ${encoding} 1.0\nelement vertex ${points}\n${properties.join('')}end_header\n`;
  return project.joinBytes(encoder.encode(head), body);
}

/** The one chunk of a real file over and over: there is no compressor at hand, and noise would tell nothing. */
function repeatedLaz(project, points) {
  const sample = path.join(root, '../shared/data/las-laz/point10.las.laz');
  if (!existsSync(sample)) return null;
  const file = readFileSync(sample);
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = view.getUint32(96, true) + 8;
  const chunk = file.subarray(start, Number(view.getBigInt64(start - 8, true)));
  const held = view.getUint32(107, true);
  const times = Math.max(2, Math.round(points / held));
  const chunks = Array.from({ length: times }, (_, i) => ({
    points: held,
    bytes: project.joinBytes(chunk, new Uint8Array([0, 5, 2][i % 3])),
  }));
  const scale = [1000, 1000, 1000];
  // Coordinates that are never looked at, for a header whose bounds hold everything.
  const corners = [-1, 1].map((sign) => [sign * 0x7fff_ffff, sign * 0x7fff_ffff, sign * 0x7fff_ffff, 0]);
  const stated = times * held;
  const bytes = project.lazFile({ points: corners, stated, scale }, chunks, held);
  return { bytes, points: stated, chunk: { bytes: chunk, points: held, times } };
}

/** One cloud message of a recording, with nothing else in it. */
async function recording(project, sweep) {
  const time = 1_700_000_000_000_000_000n;
  const data = project.cloudMessage('ros2', { stamp: time, frameId: 'lidar' }, sweep);
  const messages = [{ topic: '/lidar', kind: 'cloud', logTime: time, data }];
  const bytes = await project.recordingFile({ dialect: 'ros2', messages, compression: 'lz4' });
  return { bytes, part: { name: `${time} /lidar`, row: 0 } };
}

/** A real sweep, half floats behind LZ4: null where it is not on this machine. */
function argoverse() {
  const log = path.join(root, '../shared/data/argoverse2/sensor/val/7fab2350-7eaf-3b7e-a39d-6937a4c1bede');
  const file = path.join(log, 'sensors/lidar/315966265259836000.feather');
  return existsSync(file) ? { bytes: new Uint8Array(readFileSync(file)), points: 99_229 } : null;
}

/** `{ name, encoding, bytes, points }` of each, and of LAZ its `chunk`; clouds made of real samples are left out where
 * those are not there.
 */
export async function makeClouds(project, points, random) {
  const sweep = spin(points, random);
  const timed = sweep.map((point, i) => [...point, i % 64, i * 1e-6]);
  /** Eight digits a value, as PCL writes them. */
  const text = encoder.encode(
    sweep.map((point) => `${point.map((value) => Number(value.toPrecision(8))).join(' ')}\n`).join(''),
  );
  const body = binaryBody(plain, sweep, false);
  const coloured = [
    ...mixed.slice(0, 3),
    ...['red', 'green', 'blue'].map((name) => ({ name, type: 'U', size: 1 })),
  ];
  const millimetres = sweep.map(([x, y, z, i]) => [...[x, y, z].map((value) => Math.round(value * 1000)), i]);
  const clouds = [
    { name: 'KITTI .bin', encoding: 'bin4', bytes: body },
    { name: 'PCD binary', encoding: 'pcd', bytes: pcd(project, 'binary', plain, points, body) },
    {
      name: 'PCD binary, mixed rows',
      encoding: 'pcd',
      bytes: pcd(project, 'binary', mixed, points, binaryBody(mixed, timed, false)),
    },
    {
      name: 'PCD binary_compressed',
      encoding: 'pcd',
      bytes: pcd(project, 'binary_compressed', plain, points, compressedBody(project, plain, sweep)),
    },
    { name: 'PCD ascii', encoding: 'pcd', bytes: pcd(project, 'ascii', plain, points, text) },
    {
      name: 'PLY binary, colours',
      encoding: 'ply',
      bytes: ply(
        project,
        'binary_little_endian',
        points,
        coloured,
        binaryBody(
          coloured,
          sweep.map(([x, y, z]) => [x, y, z, 9, 9, 9]),
          false,
        ),
      ),
    },
    { name: 'PLY ascii', encoding: 'ply', bytes: ply(project, 'ascii', points, plain, text) },
    {
      name: 'LAS 1.2',
      encoding: 'las',
      bytes: project.lasFile({ points: millimetres, scale: [0.001, 0.001, 0.001] }),
    },
    { name: 'MCAP, PointCloud2', encoding: 'mcap', ...(await recording(project, sweep)) },
  ].map((cloud) => ({ ...cloud, points }));
  const real = [
    { name: 'LAZ 1.2', encoding: 'las', ...repeatedLaz(project, points) },
    { name: 'Argoverse 2 feather', encoding: 'feather', ...argoverse() },
  ];
  return [...clouds, ...real.filter(({ bytes }) => bytes)];
}
