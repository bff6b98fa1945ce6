/**
 * What a document says twice, compared: frame intervals with the frames that are there, pointers with the data they
 * point to, parents with the systems that exist. And what it says that is no label of a frame, counted.
 */
import type { Problem } from '../../base/problem.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asRecord, asText, entriesOf } from '../jsonValues.ts';
import type { CoordinateSystem, DocumentFrame, Interval, OpenlabelDocument } from './document.ts';
import { readIntervals } from './document.ts';
import { pointerProblems } from './pointerChecks.ts';
import { someOf } from './sceneInput.ts';

/** Elements beside objects. They stay in the file, where `convert` and people find them. */
const OTHER_ELEMENTS = [
  'actions',
  'events',
  'contexts',
  'relations',
  'tags',
  'ontologies',
  'resources',
] as const;

function elementProblems(root: JsonRecord, path: string): Problem[] {
  return OTHER_ELEMENTS.flatMap((kind) => {
    const entries = entriesOf(root[kind]);
    if (entries.length === 0) return [];
    const types = someOf(entries.map(([, value]) => asText(asRecord(value)?.type) ?? ''));
    const params = { kind, count: entries.length, types: types || '-' };
    const place = `/openlabel/${kind}`;
    return [{ code: 'openlabel-elements', severity: 'info' as const, path, place, params }];
  });
}

const READ_PROPERTIES = new Set(['timestamp', 'streams', 'transforms']);

function propertyProblems(frames: readonly DocumentFrame[], path: string): Problem[] {
  const names = new Set<string>();
  for (const { properties } of frames) {
    for (const name of Object.keys(properties)) if (!READ_PROPERTIES.has(name)) names.add(name);
  }
  if (names.size === 0) return [];
  return [{ code: 'openlabel-frame-properties', severity: 'info', path, params: { names: someOf(names) } }];
}

function parentProblems(systems: ReadonlyMap<string, CoordinateSystem>, path: string): Problem[] {
  const problems: Problem[] = [];
  /** Systems whose way to a root is known to end. */
  const ends = new Set<string>();
  for (const [start, { parent }] of systems) {
    const place = `/openlabel/coordinate_systems/${start}`;
    if (parent !== '' && !systems.has(parent)) {
      const params = { system: start, parent };
      problems.push({ code: 'openlabel-parent-missing', severity: 'warning', path, place, params });
    }
    const way = new Set<string>();
    let name = start;
    while (name !== '' && !ends.has(name) && !way.has(name)) {
      way.add(name);
      name = systems.get(name)?.parent ?? '';
    }
    if (way.has(name)) {
      const params = { systems: someOf(way) };
      problems.push({ code: 'openlabel-systems-cyclic', severity: 'error', path, place, params });
    }
    for (const passed of way) ends.add(passed);
  }
  return problems;
}

function isWithin(intervals: readonly Interval[], frame: number): boolean {
  return intervals.some(([start, end]) => frame >= start && frame <= end);
}

/** Frames that the intervals promise, each counted once. */
function promised(intervals: readonly Interval[]): number {
  let [count, reached] = [0, Number.NEGATIVE_INFINITY];
  for (const [start, end] of [...intervals].sort(([a], [b]) => a - b)) {
    const from = Math.max(start, reached + 1);
    if (end >= from) count += end - from + 1;
    reached = Math.max(reached, end);
  }
  return count;
}

function intervalProblems(root: JsonRecord, document: OpenlabelDocument, path: string): Problem[] {
  const intervals = readIntervals(root.frame_intervals);
  const problems: Problem[] = [];
  const frames = Array.isArray(root.frames) ? [] : document.frames;
  if (intervals.length > 0 && frames.length > 0) {
    const inside = frames.filter(({ number }) => isWithin(intervals, number)).length;
    const [missing, outside] = [promised(intervals) - inside, frames.length - inside];
    if (missing !== 0 || outside > 0) {
      const params = { missing, outside };
      const place = '/openlabel/frame_intervals';
      problems.push({ code: 'openlabel-intervals-differ', severity: 'warning', path, place, params });
    }
  }
  const outsideOwn = new Map<string, number>();
  for (const { number, objects } of frames) {
    for (const uid of objects.keys()) {
      const own = document.objects.get(uid)?.intervals ?? [];
      if (own.length > 0 && !isWithin(own, number)) outsideOwn.set(uid, (outsideOwn.get(uid) ?? 0) + 1);
    }
  }
  for (const [object, count] of outsideOwn) {
    const place = `/openlabel/objects/${object}/frame_intervals`;
    const params = { object, frames: count };
    problems.push({ code: 'openlabel-object-outside', severity: 'warning', path, place, params });
  }
  return problems;
}

/** `root` is the record that `document` was read from. */
export function checkDocument(root: JsonRecord, document: OpenlabelDocument, path: string): Problem[] {
  return [
    ...parentProblems(document.coordinateSystems, path),
    ...intervalProblems(root, document, path),
    ...pointerProblems(root, document, path),
    ...propertyProblems(document.frames, path),
    ...elementProblems(root, path),
  ];
}
