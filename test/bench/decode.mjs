/**
 * How fast clouds are decoded, against copying the same bytes into a pooled buffer (what no decoder can beat) and
 * against three's PCDLoader. Run with `node test/bench/decode.mjs [points] [rounds]`.
 *
 * All contestants run in one process, in an order that is shuffled anew every round, and what they decode is compared
 * first. Only ratios of one run mean anything: the machine's own speed cancels out.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { PCDLoader } from 'three/examples/jsm/loaders/PCDLoader.js';

const root = path.resolve(import.meta.dirname, '../..');
const points = Number(process.argv[2] ?? 120_000);
const rounds = Number(process.argv[3] ?? 25);
/** The first rounds warm the compiler up and are not counted. */
const warmUpRounds = 5;

/** The project's own modules, bundled to plain JavaScript for the Node that runs this. */
async function loadProject() {
  const folder = await mkdtemp(path.join(tmpdir(), 'assay-bench-'));
  const outfile = path.join(folder, 'project.mjs');
  const modules = [
    'shared/readers/clouds/readSweep.ts',
    'shared/readers/clouds/bufferPool.ts',
    'test/support/pcdFixture.ts',
    'test/support/seededRandom.ts',
  ];
  try {
    await build({
      stdin: { contents: modules.map((file) => `export * from './${file}';`).join('\n'), resolveDir: root },
      bundle: true,
      format: 'esm',
      target: 'node20',
      outfile,
      logLevel: 'error',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const project = await loadProject();
const random = project.seededRandom(7);

/** A spinning lidar over uneven ground: x, y, z with all the digits a sensor's conversion gives, whole intensities. */
function spin(count) {
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
  if (type === 'U') view.setUint16(at, value, true);
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

function compressedBody(fields, rows) {
  const raw = binaryBody(fields, rows, true);
  const compressed = project.compressLzf(raw);
  const sizes = new Uint8Array(Uint32Array.of(compressed.length, raw.length).buffer);
  return project.joinBytes(sizes, compressed);
}

const encoder = new TextEncoder();

function pcd(encoding, fields, body) {
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

const sweep = spin(points);
const timed = sweep.map((point, i) => [...point, i % 64, i * 1e-6]);
/** Eight digits a value, as PCL writes them. */
const text = sweep
  .map((point) => `${point.map((value) => Number(value.toPrecision(8))).join(' ')}\n`)
  .join('');

const clouds = [
  { name: 'binary', bytes: pcd('binary', plain, binaryBody(plain, sweep, false)) },
  { name: 'binary, mixed rows', bytes: pcd('binary', mixed, binaryBody(mixed, timed, false)) },
  { name: 'binary_compressed', bytes: pcd('binary_compressed', plain, compressedBody(plain, sweep)) },
  { name: 'ascii', bytes: pcd('ascii', plain, encoder.encode(text)) },
];

const pool = project.createBufferPool();
const loader = new PCDLoader();

function copy({ bytes }) {
  const buffer = pool.acquire(bytes.length);
  new Uint8Array(buffer, 0, bytes.length).set(bytes);
  pool.release(buffer);
}

function decodeOwn({ name, bytes }) {
  const reading = project.decodeSweep(bytes, 'pcd', name, pool);
  if (!reading.ok) throw new Error(`${name}: ${reading.problem.code}`);
  const { interleaved } = reading.value.sweep;
  // Rows that were taken as they are still belong to the file.
  if (interleaved.buffer !== bytes.buffer) pool.release(interleaved.buffer);
  return reading.value.sweep;
}

function decodeThree({ bytes }) {
  return loader.parse(bytes.buffer);
}

/** Throws where the two decoders do not answer the same float32 numbers. */
function insistOnAgreement(cloud) {
  const own = decodeOwn(cloud);
  const { position, intensity } = decodeThree(cloud).geometry.attributes;
  if (own.count !== points || position.count !== points) throw new Error(`${cloud.name}: counts differ`);
  for (let i = 0; i < points; i++) {
    const row = i * own.strideFloats;
    for (let axis = 0; axis < 3; axis++) {
      const at = own.interleaved[row + own.position + axis];
      if (at !== position.array[3 * i + axis]) throw new Error(`${cloud.name}: point ${i} differs`);
    }
    const value = own.interleaved[row + own.intensity];
    if (value !== intensity.array[i]) throw new Error(`${cloud.name}: intensity ${i} differs`);
  }
}

const contestants = { copy, own: decodeOwn, three: decodeThree };

function shuffled(list) {
  const order = [...list];
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

const runs = clouds.flatMap((cloud) =>
  Object.entries(contestants).map(([contestant, decode]) => ({ cloud, contestant, decode, times: [] })),
);

for (const cloud of clouds) insistOnAgreement(cloud);
for (let round = 0; round < rounds + warmUpRounds; round++) {
  for (const { cloud, decode, times } of shuffled(runs)) {
    const startedAt = performance.now();
    decode(cloud);
    if (round >= warmUpRounds) times.push(performance.now() - startedAt);
  }
}

function timesOf(cloud, contestant) {
  const { times } = runs.find((run) => run.cloud === cloud && run.contestant === contestant);
  const sorted = [...times].sort((a, b) => a - b);
  return { min: sorted[0], median: sorted[sorted.length >> 1] };
}

/** Least and middle times of one run against those of another: `min / median`. */
function ratio(above, below) {
  return `${(above.min / below.min).toFixed(1)} / ${(above.median / below.median).toFixed(1)}`;
}

console.log(
  `${points} points, ${rounds} shuffled rounds, Node ${process.versions.node}; every cell is min / median`,
);
console.table(
  Object.fromEntries(
    clouds.map((cloud) => {
      const [limit, own, three] = ['copy', 'own', 'three'].map((name) => timesOf(cloud, name));
      const perPoint = (time) => ((time * 1e6) / points).toFixed(1);
      return [
        cloud.name,
        {
          MB: (cloud.bytes.length / 1e6).toFixed(1),
          'own ns/point': `${perPoint(own.min)} / ${perPoint(own.median)}`,
          'own / copy': ratio(own, limit),
          'three / own': ratio(three, own),
        },
      ];
    }),
  ),
);
