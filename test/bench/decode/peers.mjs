/**
 * Whom decoding is measured against: three's loaders, the codec of LAZ called bare, and, where asked for, loaders.gl and
 * copc, which are not among the project's packages and are installed into a folder of their own for the run.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PCDLoader } from 'three/examples/jsm/loaders/PCDLoader.js';
import { PLYLoader } from 'three/examples/jsm/loaders/PLYLoader.js';

const require = createRequire(import.meta.url);

/** Each peer: whether it takes a cloud, and how it decodes one. Answers positions where it makes them. */
async function basePeers() {
  const pcd = new PCDLoader();
  const ply = new PLYLoader();
  const { create } = require('laz-perf');
  const lazPerf = await create();
  return {
    three: {
      takes: ({ encoding }) => encoding === 'pcd' || encoding === 'ply',
      decode: ({ encoding, bytes }) => {
        const geometry = encoding === 'pcd' ? pcd.parse(bytes.buffer).geometry : ply.parse(bytes.buffer);
        return geometry.attributes.position.array;
      },
    },
    'bare codec': {
      takes: ({ name }) => name.startsWith('LAZ'),
      decode: ({ chunk }) => bareLaz(lazPerf, chunk),
    },
  };
}

/** Nothing but the codec: each chunk into its memory, every point out of it, no coordinate looked at. */
function bareLaz(lazPerf, { bytes, points, times }) {
  const [format, pointBytes] = [0, 20];
  const file = lazPerf._malloc(bytes.length);
  const point = lazPerf._malloc(pointBytes);
  for (let chunk = 0; chunk < times; chunk++) {
    lazPerf.HEAPU8.set(bytes, file);
    const decoder = new lazPerf.ChunkDecoder();
    decoder.open(format, pointBytes, file);
    for (let i = 0; i < points; i++) decoder.getPoint(point);
    decoder.delete();
  }
  lazPerf._free(point);
  lazPerf._free(file);
}

/** loaders.gl 4 and copc 0.0.8, or nothing and a line that says so. */
function installedPeers() {
  const folder = mkdtempSync(path.join(tmpdir(), 'assay-peers-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const names = ['core', 'pcd', 'ply', 'las'].map((name) => `@loaders.gl/${name}@4`);
  try {
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--prefix', folder, ...names, 'copc@0.0.8'], {
      stdio: 'ignore',
    });
  } catch {
    console.log('loaders.gl and copc could not be installed: left out.');
    return {};
  }
  const load = createRequire(path.join(folder, 'package.json'));
  const [core, pcd, ply, las] = ['core', 'pcd', 'ply', 'las'].map((name) => load(`@loaders.gl/${name}`));
  const loaders = { pcd: pcd.PCDLoader, ply: ply.PLYLoader, las: las.LASLoader };
  const { Las } = load('copc');
  return {
    'loaders.gl': {
      takes: ({ encoding }) => encoding in loaders,
      decode: async ({ encoding, bytes }) => {
        const cloud = await core.parse(bytes.buffer, loaders[encoding], { worker: false });
        return cloud.attributes.POSITION.value;
      },
    },
    copc: {
      takes: ({ name }) => name.startsWith('LAS'),
      decode: ({ bytes, points }) => {
        const header = Las.Header.parse(bytes);
        const body = bytes.subarray(header.pointDataOffset);
        const view = Las.View.create(body, header);
        const out = new Float32Array(4 * points);
        const getters = ['X', 'Y', 'Z', 'Intensity'].map((name) => view.getter(name));
        for (let i = 0; i < points; i++) {
          for (let slot = 0; slot < 4; slot++) out[4 * i + slot] = getters[slot](i);
        }
      },
    },
  };
}

export async function findPeers(isAsked) {
  return { ...(await basePeers()), ...(isAsked ? installedPeers() : {}) };
}
