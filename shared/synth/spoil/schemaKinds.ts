/** Labels that no schema would let pass: numbers that are none, names nobody agreed on, one name twice, nothing said. */
import { NO_TRACK } from '../../model/labels.ts';
import type { SpoilObject } from './objects.ts';
import type { Order, Workbench } from './workbench.ts';

const faults = ['nan', 'size-zero', 'unknown-class', 'duplicate-id', 'missing-attribute'] as const;
type SchemaFault = (typeof faults)[number];

const unknownClass = 'object_type_7';

/**
 * One label of the object, all of them where it is the class; another of the five faults where the one drawn cannot be
 * made of it.
 */
export function spoilSchema(bench: Workbench, object: SpoilObject, order: Order): boolean {
  const row = order.random.pick(object.rows);
  if (bench.draft.removed[row] === 1) return false;
  const first = order.random.integer(0, faults.length - 1);
  const turns = faults.map((_, place) => faults[(first + place) % faults.length]!);
  const fault = turns.find((name) => canMake[name](bench, row));
  if (fault === undefined) return false;
  const mark = bench.startFault(order);
  const rows = fault === 'unknown-class' ? object.rows : [row];
  for (const at of rows) {
    make[fault](bench, at);
    mark({ row: at }, null, { schema: fault });
  }
  return true;
}

const canMake: Readonly<Record<SchemaFault, (bench: Workbench, row: number) => boolean>> = {
  nan: ({ tools }) => (tools.holder ?? 'memory') === 'memory',
  'size-zero': () => true,
  'unknown-class': ({ rules }) => !rules.takesUnlisted,
  'duplicate-id': (bench, row) => otherTrack(bench, row) !== null,
  'missing-attribute': (bench, row) => requiredName(bench, row) !== null,
};

const make: Readonly<Record<SchemaFault, (bench: Workbench, row: number) => void>> = {
  nan({ draft }, row) {
    const shape = draft.shape(row);
    draft.setUnusable(row, { ...shape, center: [Number.NaN, shape.center[1], shape.center[2]] });
  },
  'size-zero'({ draft }, row) {
    const shape = draft.shape(row);
    draft.setUnusable(row, { ...shape, size: [shape.size[0], 0, shape.size[2]] });
  },
  'unknown-class'({ draft }, row) {
    draft.setClass(row, draft.classNumber(unknownClass));
  },
  'duplicate-id'(bench, row) {
    bench.draft.setTrack(row, otherTrack(bench, row)!);
  },
  'missing-attribute'(bench, row) {
    const { draft } = bench;
    const { [requiredName(bench, row)!]: _left, ...rest } = draft.attributeSets[draft.attributes[row]!]!;
    draft.attributes[row] = draft.attributeNumber(rest);
  },
};

/** The track of another label of the class in the frame. */
function otherTrack(bench: Workbench, row: number): number | null {
  const { draft, index } = bench;
  const { frame, frameStart } = index.labels.cuboids;
  const own = draft.track[row]!;
  const at = frame[row]!;
  for (let other = frameStart[at]!; other < frameStart[at + 1]!; other++) {
    const track = draft.track[other]!;
    const isOther = own !== NO_TRACK && track !== NO_TRACK && track !== own && draft.removed[other] === 0;
    if (isOther && bench.className(other) === bench.className(row)) return track;
  }
  return null;
}

/** An attribute that the agreement requires of the class and that the label has. */
function requiredName(bench: Workbench, row: number): string | null {
  const { draft } = bench;
  const said = draft.attributeSets[draft.attributes[row]!]!;
  const required = bench.rules.classOf(bench.className(row)).requiredAttributes;
  return required.find(({ name }) => name in said)?.name ?? null;
}
