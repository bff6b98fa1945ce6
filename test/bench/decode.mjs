/**
 * How fast clouds are decoded, carrier by carrier, against copying the same bytes into a pooled buffer (what no decoder
 * can beat) and against peers. Run with `node test/bench/decode.mjs [points] [rounds] [--peers]`; the last also
 * installs loaders.gl and copc for the run.
 *
 * All contestants run in one process, in an order that is shuffled anew every round, and what they decode is compared
 * first. Only ratios of one run mean anything: the machine's own speed cancels out.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { makeClouds } from './decode/clouds.mjs';
import { findPeers } from './decode/peers.mjs';
import { loadProject, root } from './decode/project.mjs';

const numbers = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const points = Number(numbers[0] ?? 250_000);
const rounds = Number(numbers[1] ?? 25);
/** The first rounds warm the compiler up and are not counted. */
const warmUpRounds = 5;

const project = await loadProject();
const random = project.seededRandom(7);
const clouds = await makeClouds(project, points, random);
const peers = await findPeers(process.argv.includes('--peers'));
const pool = project.createBufferPool();
const codec = new Uint8Array(readFileSync(path.join(root, 'node_modules/laz-perf/lib/laz-perf.wasm')));
const codecs = { wasm: async () => codec };

/** Bytes as a disk hands them: each range at the front of a buffer of its own, made before the clock starts. */
function diskLike(bytes) {
  const ranges = new Map();
  return {
    length: bytes.length,
    slice: async (start, end) => {
      const key = `${start}-${end}`;
      if (!ranges.has(key)) ranges.set(key, bytes.slice(start, end));
      return ranges.get(key);
    },
  };
}

function copy({ bytes }) {
  const buffer = pool.acquire(bytes.length);
  new Uint8Array(buffer, 0, bytes.length).set(bytes);
  pool.release(buffer);
}

async function decodeOwn(cloud) {
  cloud.source ??= diskLike(cloud.bytes);
  const ref = { root: 'delivery', path: cloud.name, lidar: '', encoding: cloud.encoding, part: cloud.part };
  const reading = await project.readPoints(ref, { open: async () => cloud.source, pool, codecs });
  if (!reading.ok) throw new Error(`${cloud.name}: ${reading.problem.code}`);
  const { sweep, problems } = reading.value;
  if (sweep.count !== cloud.points || problems.length > 0) throw new Error(`${cloud.name}: not read whole`);
  return sweep;
}

/** Rows that were taken as they are belong to the file; giving those to the pool would let others write over them. */
function giveBack(cloud, { interleaved, strideFloats }) {
  const isPacked = strideFloats <= 4 && !['KITTI .bin', 'PCD binary'].includes(cloud.name);
  if (isPacked) pool.release(interleaved.buffer);
}

async function own(cloud) {
  giveBack(cloud, await decodeOwn(cloud));
}

/** Throws where a peer that answers positions answers others: by more than float32 rounds, far clouds apart. */
async function insistOnAgreement(cloud, name, peer) {
  const found = await peer.decode(cloud);
  if (!found) return;
  const sweep = await decodeOwn(cloud);
  for (let i = 0; i < cloud.points; i++) {
    for (let axis = 0; axis < 3; axis++) {
      const value = sweep.interleaved[i * sweep.strideFloats + sweep.position + axis] + sweep.origin[axis];
      const other = found[3 * i + axis];
      if (Math.abs(value - other) > 1e-6 * Math.max(1, Math.abs(other))) {
        throw new Error(`${cloud.name}: ${name} has another point ${i}`);
      }
    }
  }
}

function shuffled(list) {
  const order = [...list];
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(0, i);
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

const runs = [];
for (const cloud of clouds) {
  runs.push({ cloud, contestant: 'copy', decode: copy, times: [] });
  runs.push({ cloud, contestant: 'own', decode: own, times: [] });
  for (const [contestant, peer] of Object.entries(peers)) {
    if (!peer.takes(cloud)) continue;
    if (!cloud.name.startsWith('LAZ')) await insistOnAgreement(cloud, contestant, peer);
    runs.push({ cloud, contestant, decode: peer.decode, times: [] });
  }
}

for (let round = 0; round < rounds + warmUpRounds; round++) {
  for (const { cloud, decode, times } of shuffled(runs)) {
    const startedAt = performance.now();
    await decode(cloud);
    if (round >= warmUpRounds) times.push(performance.now() - startedAt);
  }
}

function timesOf(cloud, contestant) {
  const run = runs.find((one) => one.cloud === cloud && one.contestant === contestant);
  if (!run) return null;
  const sorted = [...run.times].sort((a, b) => a - b);
  return { min: sorted[0], median: sorted[sorted.length >> 1] };
}

/** Least and middle times of one run against those of another: `min / median`. */
function ratio(above, below) {
  return above && below
    ? `${(above.min / below.min).toFixed(2)} / ${(above.median / below.median).toFixed(2)}`
    : '';
}

console.log(
  `${points} points, ${rounds} shuffled rounds, Node ${process.versions.node}; every cell is min / median`,
);
console.table(
  Object.fromEntries(
    clouds.map((cloud) => {
      const [limit, mine] = ['copy', 'own'].map((name) => timesOf(cloud, name));
      const perPoint = (time) => ((time * 1e6) / cloud.points).toFixed(1);
      const cells = {
        MB: (cloud.bytes.length / 1e6).toFixed(1),
        'own ns/point': `${perPoint(mine.min)} / ${perPoint(mine.median)}`,
        'own / copy': ratio(mine, limit),
      };
      for (const name of Object.keys(peers)) cells[`${name} / own`] = ratio(timesOf(cloud, name), mine);
      return [cloud.name, cells];
    }),
  ),
);
if (!clouds.some(({ name }) => name.startsWith('LAZ'))) {
  console.log('LAZ and feather were left out: their samples are not on this machine.');
}
