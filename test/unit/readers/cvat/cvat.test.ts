import { describe, expect, it } from 'vitest';
import { openDelivery } from '../../../../shared/readers/openDelivery.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import { boxesOf, codesOf, openFiles } from '../../../support/openReading.ts';

const document = (body: string, meta = '') =>
  `<?xml version="1.0" encoding="utf-8"?>\n<annotations><version>1.1</version><meta>${meta}</meta>${body}</annotations>`;

const task = (start: number, stop: number, step: number) =>
  `<task><size>9</size><start_frame>${start}</start_frame><stop_frame>${stop}</stop_frame><frame_filter>step=${step}</frame_filter></task>`;

const box = (frame: number, extra = '') =>
  `<box frame="${frame}" outside="0" occluded="0" keyframe="1" xtl="${frame}" ytl="2" xbr="${frame + 10}" ybr="8" z_order="0" ${extra}></box>`;

describe('CVAT for video', () => {
  it('frames of the task, tracks, ends of tracks, and shapes CVAT interpolated', async () => {
    const track = `<track id="3" label="car" source="auto">
      ${box(5)}
      ${box(7).replace('keyframe="1"', 'keyframe="0"')}
      ${box(9).replace('outside="0"', 'outside="1"')}
    </track>`;
    const index = await openFiles({
      'annotations.xml': document(track, task(5, 9, 2)),
      'images/frame_000005.png': '',
      'images/frame_000007.png': '',
      'images/frame_000009.png': '',
    });
    expect(index.delivery.frames.map(({ id, images }) => [id, images[0]?.path])).toEqual([
      ['5', 'images/frame_000005.png'],
      ['7', 'images/frame_000007.png'],
      ['9', 'images/frame_000009.png'],
    ]);
    const boxes = boxesOf(index.labels);
    expect(boxes.map(({ frame, track: id, className, ltrb }) => [frame, id, className, ltrb])).toEqual([
      [0, '3', 'car', [5, 2, 15, 8]],
      [1, '3', 'car', [7, 2, 17, 8]],
    ]);
    expect(boxes.map(({ attributes }) => [attributes.keyframe, attributes.source])).toEqual([
      [true, 'auto'],
      [false, 'auto'],
    ]);
    expect(index.problems).toMatchObject([{ code: 'entries-aside', params: { count: 1 } }]);
  });

  it('without pictures the film of the task shows the frames the shapes number', async () => {
    const track = `<track id="0" label="car">${box(4)}${box(-1)}</track>`;
    const meta = `${task(2, 4, 2)}<source>drive.mp4</source>`;
    const index = await openFiles({ 'a.xml': document(track, meta), 'films/drive.mp4': '' });
    expect(
      index.delivery.frames.map(({ id, images }) => [id, images[0]?.encoding, images[0]?.part?.row]),
    ).toEqual([
      ['-1', undefined, undefined],
      ['2', 'mp4', 2],
      ['4', 'mp4', 4],
    ]);
  });

  it('pictures may be in the sensor folder, and a task may claim more frames than any has', async () => {
    const track = `<track id="0" label="car">${box(2)}</track>`;
    const sensors = { 'frame_000002.png': '' };
    const lent = await openFiles({ 'a.xml': document(track, task(2, 2, 1)) }, sensors);
    expect(lent.delivery.frames.at(0)!.images[0]).toMatchObject({
      root: 'sensors',
      path: 'frame_000002.png',
    });
    const huge = await openFiles({ 'a.xml': document(track, task(0, 900_000_000, 1)) });
    expect(huge.delivery.frames.map(({ id }) => id)).toEqual(['2']);
  });
});

describe('CVAT for images', () => {
  const image = (shapes: string, name = 'a.png') =>
    `<image id="0" name="${name}" width="100" height="50">${shapes}</image>`;

  it('every kind of shape, its attributes, and text with entities', async () => {
    const shapes = `
      <box label="a &amp;lt; &#x4e2d;" xtl="10" ytl="10" xbr="30" ybr="20" rotation="90" occluded="1" z_order="2">
        <attribute name="note">x &lt; y</attribute><attribute name="sure">false</attribute></box>
      <polygon label="p" points="1,2;3,4;5,0"/><polyline label="l" points="1,2;3,4"/><points label="k" points="7,8"/>
      <ellipse label="e" cx="1" cy="2" rx="3" ry="4"/><mask label="m" rle="1, 2" left="1" top="2" width="3" height="4"/>
      <cuboid label="c" xtl1="1" ytl1="2" xtr1="3" ytr1="4" xbr1="5" ybr1="6" xbl1="7" ybl1="8"
        xtl2="9" ytl2="10" xtr2="11" ytr2="12" xbr2="13" ybr2="14" xbl2="15" ybl2="16"/>
      <skeleton label="s"><points label="0" points="1,1"/><points label="1" points="2,2"/></skeleton>
      <tag label="t"></tag>`;
    const index = await openFiles({ 'a.xml': document(image(shapes)), 'a.png': '' });
    expect(index.problems).toEqual([]);
    const [turned] = boxesOf(index.labels);
    expect(turned!.className).toBe('a &lt; 中');
    for (const [i, value] of [15, 5, 25, 25].entries()) expect(turned!.ltrb[i]).toBeCloseTo(value, 9);
    expect(turned!.attributes).toMatchObject({
      rotation: 90,
      unrotated: [10, 10, 30, 20],
      note: 'x < y',
      sure: false,
    });
    expect(
      index.labels.shapes.map(({ kind, className, coordinates }) => [kind, className, coordinates.length]),
    ).toEqual([
      ['polygon', 'p', 6],
      ['polyline', 'l', 4],
      ['points', 'k', 2],
      ['ellipse', 'e', 4],
      ['other', 'c', 16],
      ['mask', 'm', 0],
      ['points', 's', 4],
      ['other', 't', 0],
    ]);
    expect(index.labels.shapes.find(({ kind }) => kind === 'mask')!.attributes).toMatchObject({
      rle: '1, 2',
      width: 3,
    });
  });

  it('shapes with numbers that are none cost themselves', async () => {
    const shapes =
      '<box label="a" xtl="x" ytl="1" xbr="2" ybr="3"/><polygon label="p" points="1,2;3"/><box label="b" xtl="0" ytl="1" xbr="2" ybr="3"/>';
    const index = await openFiles({ 'a.xml': document(image(shapes)), 'a.png': '' });
    expect(boxesOf(index.labels).map(({ className }) => className)).toEqual(['b']);
    expect(codesOf(index)).toEqual(['entry-bad', 'entry-bad']);
  });

  it('a name that leads outside is told and never opened', async () => {
    const index = await openFiles({ 'a.xml': document(image('', '../../secret.png')), 'secret.png': '' });
    expect(codesOf(index)).toEqual(['address-outside']);
    expect(index.delivery.frames.at(0)!.images).toEqual([]);
    // Labels that came alone name their neighbours like this.
    const lent = await openFiles({ 'a.xml': document(image('', '../images/a.png')) }, { 'images/a.png': '' });
    expect(lent.delivery.frames.at(0)!.images[0]).toMatchObject({ root: 'sensors', path: 'images/a.png' });
  });
});

describe('hostile XML', () => {
  const problemsOf = async (text: string) => {
    const opened = await openDelivery(memoryFolder({ 'a.xml': text }));
    return opened.ok ? codesOf(opened.value) : [opened.problem.code];
  };

  it('entities are never expanded: a document type is refused', async () => {
    const bomb = `<?xml version="1.0"?><!DOCTYPE annotations [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>
      <annotations><version>1.1</version><track id="0" label="&b;"></track></annotations>`;
    expect(await problemsOf(bomb)).toEqual(['xml-broken']);
    const outside = bomb.replace(/<!DOCTYPE[^\]]*\]>/, '<!DOCTYPE a SYSTEM "file:///etc/passwd">');
    expect(await problemsOf(outside)).toEqual(['xml-broken']);
  });

  it('depth, quotes that never close, and names of the language itself', async () => {
    const deep = document(
      `<track id="0" label="a">${'<x>'.repeat(100_000)}${'</x>'.repeat(100_000)}</track>`,
    );
    expect(await problemsOf(deep)).toEqual(['xml-broken']);
    const open = document('<track id="0" label="a">').replace(
      '</annotations>',
      '<box frame="1'.repeat(50_000),
    );
    expect(await problemsOf(open)).toEqual(['xml-broken']);
    const quoted = document(`<image id="0" name="a.png">${'<tag label="a > b"/>'.repeat(100)}</image>`);
    expect(await problemsOf(quoted)).not.toContain('xml-broken');
    await problemsOf(
      document('<image id="0" name="a.png"><__proto__ label="x"/><box __proto__="1" label="a"/></image>'),
    );
    expect(({} as Record<string, unknown>).label).toBeUndefined();
  });
});
