import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { diskFolder } from '../../../support/diskFolder.ts';
import { boxesOf, cuboidsOf, openFolder } from '../../../support/openReading.ts';
import { describeWithSharedData, sharedData } from '../../../support/sharedData.ts';

interface DocumentFacts {
  readonly path: string;
  readonly kind?: string;
  readonly objects: number;
  readonly objects_by_type: Record<string, number>;
  readonly geometry: Record<string, number>;
  readonly relations: number;
  readonly tags: number;
  readonly streams: readonly string[];
}

describeWithSharedData('every OpenLABEL sample against its published facts', 'data/openlabel', () => {
  const { files }: { files: DocumentFacts[] } = JSON.parse(
    readFileSync(sharedData('data/FACTS.json'), 'utf8'),
  );
  const documents = files.filter(({ path, kind }) => kind === 'openlabel' && !path.includes('/schema/'));
  const all = diskFolder(sharedData('data'));
  const open = (path: string) =>
    openFolder({ ...all, entries: all.entries.filter((entry) => entry.path === path) });

  it('every object is labelled somewhere or told to have nothing', async () => {
    expect(documents.length).toBeGreaterThanOrEqual(34);
    for (const { path, objects, objects_by_type } of documents) {
      const { labels, problems } = await open(path);
      const classes = new Map<string | null, string>();
      for (const { track, className } of cuboidsOf(labels)) classes.set(track, className);
      for (const { track, className } of boxesOf(labels)) classes.set(track, className);
      for (const { track, className } of labels.shapes) classes.set(track, className);
      const bare = problems.find(({ code }) => code === 'openlabel-objects-bare')?.params?.objects ?? 0;
      // A cuboid without a value is an object all the same, and has a word of its own.
      const empty = problems.filter(({ code }) => code === 'openlabel-cuboid-empty').length;
      expect(classes.size + Number(bare) + empty, path).toBe(objects);
      for (const name of classes.values()) expect(objects_by_type, path).toHaveProperty([name]);
    }
  });

  it('geometries beside cuboids and boxes are all there', async () => {
    const kinds: Record<string, readonly string[]> = {
      poly2d: ['polygon', 'polyline'],
      mesh: ['mesh'],
      image: ['mask'],
    };
    let found = 0;
    for (const { path, geometry } of documents) {
      const { labels } = await open(path);
      for (const [kind, names] of Object.entries(kinds)) {
        const own = labels.shapes.filter((shape) => names.includes(shape.kind));
        // What holds for a whole recording is written once and shown in every frame.
        const different = new Set(own.map(({ id }) => id)).size;
        expect(different, `${path} ${kind}`).toBe(geometry[kind] ?? 0);
        found += different;
      }
    }
    expect(found).toBeGreaterThanOrEqual(10);
  });

  it('relations, tags and the rest are counted, and no file has pointers, intervals or parents that differ', async () => {
    for (const { path, relations, tags } of documents) {
      const { problems } = await open(path);
      const count = (kind: string) =>
        problems.find(({ code, params }) => code === 'openlabel-elements' && params?.kind === kind)?.params
          ?.count ?? 0;
      expect([count('relations'), count('tags')], path).toEqual([relations, tags]);
      const contradictions = problems.filter(({ code }) =>
        /differ|outside|parent-missing|cyclic|value-bad|pointers/.test(code),
      );
      expect(contradictions, path).toEqual([]);
    }
  });

  it('contours decoded from chain codes lie in their picture, and holes within their outlines', async () => {
    const { labels } = await open('openlabel/vcd-tests/openlabel100_test_contours.json');
    const bounds = (coordinates: readonly number[]) => {
      const [u, v] = [0, 1].map((part) => coordinates.filter((_, i) => i % 2 === part));
      return [Math.min(...u!), Math.min(...v!), Math.max(...u!), Math.max(...v!)] as const;
    };
    const outlines = new Map(labels.shapes.map(({ id, coordinates }) => [id, bounds(coordinates)]));
    for (const [left, top, right, bottom] of outlines.values()) {
      expect(left).toBeGreaterThanOrEqual(0);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(640);
      expect(bottom).toBeLessThanOrEqual(640);
    }
    const outer = outlines.get('0/contour0')!;
    for (const hole of [outlines.get('0/contour1')!, outlines.get('0/contour2')!]) {
      expect(hole[0] >= outer[0] && hole[1] >= outer[1] && hole[2] <= outer[2] && hole[3] <= outer[3]).toBe(
        true,
      );
    }
    // The square's last edge is left to the reader of the file.
    const square = labels.shapes.find(({ id }) => id === '0/contour0')!;
    expect(square.coordinates).toEqual([50, 50, 50, 199, 199, 199, 199, 50]);
  });
});
