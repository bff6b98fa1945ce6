/**
 * Draws the small pictures of the default spec's rules and writes them into `qa-spec.default.json`: in each, what is
 * right on the left with a tick, what is wrong on the right with a cross. Run it after a change: it needs the
 * browser that the end-to-end suites use.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright';

const [width, height] = [320, 150];
const body = 'fill="#39424f" stroke="#aab4c4" stroke-width="1.5"';
const right = 'fill="none" stroke="#ffd166" stroke-width="2.5"';
const wrong = 'fill="none" stroke="#ff8fa9" stroke-width="2.5" stroke-dasharray="6 4"';
const tick = '<path d="M8 20 l6 6 l11 -14" fill="none" stroke="#ffd166" stroke-width="3.5"/>';
const cross = '<path d="M8 10 l14 14 m0 -14 l-14 14" fill="none" stroke="#ff8fa9" stroke-width="3.5"/>';

const box = (x, y, w, h, style) => `<rect x="${x}" y="${y}" width="${w}" height="${h}" ${style}/>`;
const wheel = (x, y, r) => `<circle cx="${x}" cy="${y}" r="${r}" ${body}/>`;
const points = (places) =>
  places.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="1.8" fill="#fff1c4"/>`).join('');
/** Two halves of a picture: the same drawing, boxed rightly and wrongly. */
const both = (drawing, good, bad) =>
  `<g>${tick}${drawing}${good}</g><g transform="translate(160 0)">${cross}${drawing}${bad}</g>`;

const carFromAbove = `
  <rect x="50" y="22" width="60" height="108" rx="16" ${body}/>
  <rect x="57" y="48" width="46" height="22" rx="6" fill="#171a20"/>
  <rect x="57" y="98" width="46" height="16" rx="6" fill="#171a20"/>
  <rect x="37" y="54" width="13" height="7" rx="3" ${body}/><rect x="110" y="54" width="13" height="7" rx="3" ${body}/>`;

const seenFromBehind = points([
  ...Array.from({ length: 9 }, (_, at) => [53 + 7 * at, 128 - (at % 2)]),
  ...Array.from({ length: 7 }, (_, at) => [109 - (at % 2), 120 - 8 * at]),
]);

const lorry = `
  <rect x="10" y="62" width="24" height="50" rx="4" ${body}/><rect x="36" y="48" width="44" height="64" ${body}/>
  <path d="M80 106 h12" stroke="#aab4c4" stroke-width="3"/><rect x="92" y="54" width="54" height="58" ${body}/>
  ${wheel(24, 116, 8)}${wheel(64, 116, 8)}${wheel(108, 116, 8)}${wheel(132, 116, 8)}`;

const cyclist = `
  ${wheel(48, 112, 20)}${wheel(108, 112, 20)}
  <path d="M48 112 L70 84 H98 L108 112 M70 84 L80 112 L98 84 M98 84 L95 74 H104" fill="none" stroke="#aab4c4" stroke-width="3"/>
  <path d="M72 76 L82 48 L98 72" fill="none" stroke="#aab4c4" stroke-width="9" stroke-linecap="round" stroke-linejoin="round"/>
  <path d="M72 78 L88 92 L80 114" fill="none" stroke="#aab4c4" stroke-width="7" stroke-linecap="round" stroke-linejoin="round"/>
  <circle cx="88" cy="34" r="9" ${body}/>`;

const pictures = {
  car: [
    {
      title: { en: 'Bumpers inside, mirrors outside', zh: '保险杠在框内，后视镜在框外' },
      drawing: both(carFromAbove, box(49, 21, 62, 110, right), box(36, 21, 88, 110, wrong)),
    },
    {
      title: { en: 'Hidden faces at the usual size', zh: '被遮挡的面按常见尺寸补全' },
      drawing: both(seenFromBehind, box(50, 22, 62, 108, right), box(50, 70, 62, 60, wrong)),
    },
  ],
  truck: [
    {
      title: { en: 'Cab and bed one box, the trailer its own', zh: '驾驶室与货箱一框，挂车另作一框' },
      drawing: both(
        lorry,
        box(7, 45, 75, 81, right) + box(84, 51, 65, 75, right),
        box(7, 45, 142, 81, wrong),
      ),
    },
  ],
  cyclist: [
    {
      title: { en: 'Rider and cycle in one box', zh: '人与车同框' },
      drawing: both(
        cyclist,
        box(26, 22, 104, 112, right),
        box(26, 82, 104, 52, wrong) + box(62, 22, 44, 58, wrong),
      ),
    },
  ],
};

const file = path.join(import.meta.dirname, 'qa-spec.default.json');
const spec = JSON.parse(readFileSync(file, 'utf8'));
const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const browser = await chromium.launch({
  executablePath: process.env.ASSAY_CHROMIUM ?? '/usr/bin/chromium',
  args: root,
});
const page = await browser.newPage({ viewport: { width, height } });
for (const entry of spec.classes) {
  const drawn = [];
  for (const { title, drawing } of pictures[entry.name] ?? []) {
    await page.setContent(
      `<style>body{margin:0;background:#171a20}svg{display:block}</style>
       <svg width="${width}" height="${height}" xmlns="http://www.w3.org/2000/svg">${drawing}
       <path d="M160 12 V138" stroke="#39424f" stroke-width="1"/></svg>`,
    );
    const png = await page.screenshot();
    drawn.push({ title, data: `data:image/png;base64,${png.toString('base64')}` });
  }
  if (drawn.length > 0) entry.pictures = drawn;
  else delete entry.pictures;
}
await browser.close();
writeFileSync(file, `${JSON.stringify(spec, null, 2)}\n`);
