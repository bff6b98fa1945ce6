/**
 * Measures the viewport in headless Chromium: frame and selection against one element a cuboid (goals G6, G7), a
 * prefetched step against painting alone and against a naive cold one (G5, G8), memory over many steps (G18).
 * Prints ratios; the milliseconds beside them belong to this machine. Plain JavaScript: node test/bench/viewport.mjs
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { chromium } from 'playwright';
import { build } from 'vite';
import { requireBrowser } from '../support/browser.mjs';

/** As a nuScenes key frame: this many points and six pictures. */
const points = 35_000;
const folder = mkdtempSync(path.join(os.tmpdir(), 'assay-bench-'));
await build({
  root: path.join(import.meta.dirname, 'viewport'),
  base: './',
  logLevel: 'error',
  worker: { format: 'es' },
  build: { outDir: folder, emptyOutDir: true, target: 'chrome140' },
});

/** Rings of ground returns with walls: lidar enough for the raster. */
function cloud(seed) {
  const floats = new Float32Array(4 * points);
  let state = seed + 1;
  const random = () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state / 0x7fffffff;
  };
  for (let at = 0; at < points; at++) {
    const angle = random() * 2 * Math.PI;
    const range = 3 + 60 * random() ** 2;
    floats.set(
      [
        range * Math.cos(angle),
        range * Math.sin(angle),
        random() < 0.7 ? -1.6 : 4 * random() - 1.6,
        random(),
      ],
      4 * at,
    );
  }
  return Buffer.from(floats.buffer);
}

/** A PNG of noise over a gradient: about as hard to decode as a photograph. */
function picture(width, height) {
  const rows = Buffer.alloc(height * (1 + 3 * width));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < 3 * width; x++)
      rows[y * (1 + 3 * width) + 1 + x] = ((x >> 2) ^ y) + ((x * 7919 + y * 104729) & 15);
  }
  const chunk = (kind, data) => {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const framed = Buffer.alloc(12 + data.length);
    framed.writeUInt32BE(data.length, 0);
    body.copy(framed, 4);
    framed.writeUInt32BE(crc32(body), 8 + data.length);
    return framed;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows, { level: 3 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

const png = picture(1600, 900);
const clouds = new Map();
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const server = createServer((request, response) => {
  // Isolated pages get a clock of 5 us.
  response.setHeader('cross-origin-opener-policy', 'same-origin');
  response.setHeader('cross-origin-embedder-policy', 'require-corp');
  const { pathname } = new URL(request.url, 'http://localhost');
  const data = /^\/data\/bench\/delivery\/(\d+)(-\d+)?\.(bin|png)$/.exec(pathname);
  if (data?.[3] === 'png') {
    response.writeHead(200, { 'content-type': 'image/png', 'content-length': png.length }).end(png);
  } else if (data) {
    const seed = Number(data[1]);
    if (!clouds.has(seed)) clouds.set(seed, cloud(seed));
    response.writeHead(200, { 'content-length': clouds.get(seed).length }).end(clouds.get(seed));
  } else {
    const file = path.join(folder, path.normalize(pathname === '/' ? '/index.html' : pathname));
    const type = types[path.extname(file)];
    if (type && existsSync(file)) response.writeHead(200, { 'content-type': type }).end(readFileSync(file));
    else response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

const browser = await chromium.launch({
  executablePath: requireBrowser(),
  args: [
    '--no-sandbox',
    '--enable-unsafe-swiftshader',
    '--disable-dev-shm-usage',
    '--enable-precise-memory-info',
    '--js-flags=--expose-gc',
  ],
});
const ratio = (value) => `${value.toFixed(2)}x`;
const ms = (value) => `${value.toFixed(2)} ms`;
try {
  // Without easing, a step is one picture.
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  page.on('pageerror', (error) => console.error(error.stack));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction('window.bench !== undefined');

  const c = await page.evaluate('window.bench.cuboids(50, 5000)');
  console.log(`views ${c.drawn.points} points, ${c.drawn.drawCalls} draw calls, ${c.drawn.cuboids} cuboids`);
  console.log(
    `frame, 5,000 against 50 cuboids      ${ratio(c.frameMany / c.frameFew)}  (${ms(c.frameMany)}; ${ms(c.frameFew)})`,
  );
  console.log(
    `frame, one element a cuboid / ours   ${ratio(c.peerFrame / c.frameMany)}  (${ms(c.peerFrame)}, one view; ours five)`,
  );
  console.log(
    `selection, parent state / ours       ${ratio(c.peerSelect / c.select)}  (${ms(c.peerSelect)}; ${ms(c.select)})`,
  );

  const s = await page.evaluate('window.bench.steps(12, 15)');
  console.log(
    `step, prefetched / paint only        ${ratio(s.prefetched / s.paintOnly)}  (${ms(s.prefetched)}; ${ms(s.paintOnly)})`,
  );
  console.log(`step, naive cold / prefetched        ${ratio(s.naive / s.prefetched)}  (${ms(s.naive)})`);
  console.log(
    `window's thread, one prefetched step      ${ms(s.thread)}  (swap and draw, the GPU not waited for)`,
  );

  const m = await page.evaluate('window.bench.memory(12, 120)');
  console.log(`heap after 120 steps / before        ${ratio(m.after.heap / m.before.heap)}`);
  console.log(`ring bytes after / before            ${ratio(m.after.ring / m.before.ring)}`);
  console.log(
    `GPU objects before ${JSON.stringify(m.before.gpu)}, after ${JSON.stringify(m.after.gpu)}, left ${JSON.stringify(m.left)}`,
  );
} finally {
  await browser.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
