import { expect, it } from 'vitest';
import { codesOf, openFiles } from '../../../support/openReading.ts';

const frame = (extra: object = {}) => ({ frame_properties: { streams: { CAM: extra } } });
const open = (uri: string, frames: Record<string, object>, files: Record<string, string>) =>
  openFiles({
    'labels/a.json': JSON.stringify({
      openlabel: {
        metadata: { schema_version: '1.0.0' },
        streams: { CAM: { type: 'camera', uri } },
        objects: {},
        frames,
      },
    }),
    ...files,
  });

it('a stream that is a film gives each frame its picture: by number, by the stream frame, by a shift', async () => {
  const index = await open(
    '../films/front.mp4',
    {
      '3': {},
      '4': frame({ stream_properties: { sync: { frame_stream: 40 } } }),
      '5': frame({ stream_properties: { sync: { frame_shift: 2 } } }),
      '-1': {},
    },
    { 'films/front.mp4': '' },
  );
  const images = index.delivery.frames.map(({ id, images: [image] }) => [
    id,
    image?.path,
    image?.encoding,
    image?.part,
  ]);
  expect(images).toEqual([
    ['-1', undefined, undefined, undefined],
    ['3', 'films/front.mp4', 'mp4', { row: 3 }],
    ['4', 'films/front.mp4', 'mp4', { row: 40 }],
    ['5', 'films/front.mp4', 'mp4', { row: 7 }],
  ]);
  expect(codesOf(index)).not.toContain('openlabel-video');
});

it('pictures of their own come first; a film that is not here, or of another kind, is told', async () => {
  const own = await open(
    'film.mp4',
    { '0': frame({ uri: '0.png' }) },
    { 'film.mp4': '', 'labels/0.png': '' },
  );
  expect(own.delivery.frames.at(0)!.images[0]).toMatchObject({ path: 'labels/0.png' });
  expect(own.delivery.frames.at(0)!.images[0]!.encoding).toBeUndefined();
  const absent = await open('film.mp4', { '0': {} }, {});
  expect(codesOf(absent)).toContain('openlabel-video');
  const other = await open('film.avi', { '0': {} }, { 'film.avi': '' });
  expect(codesOf(other)).toContain('openlabel-video');
});
