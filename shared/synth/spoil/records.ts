/** The records of all faults, once the columns are final. */
import { box2dAt, cuboidAt } from '../../model/labelRow.ts';
import { NO_LINK } from '../../model/labels.ts';
import type { FinishedDraft } from './finishDraft.ts';
import type { SpoilRecord } from './plan.ts';
import { type Mark, shapeOf, type Workbench } from './workbench.ts';

export function recordsOf(bench: Workbench, finished: FinishedDraft): SpoilRecord[] {
  const { delivery } = bench.index;
  return bench.marks.map((mark) => {
    const said = saidOf(bench, finished, mark);
    const frame = delivery.frames.at(said.at)!;
    const { fault, kind, size, timesTolerance, amount } = mark;
    const { at: _at, camera, ...rest } = said;
    return {
      ...{ fault, kind, size, timesTolerance, amount },
      scene: delivery.scenes[frame.scene]!.id,
      frame: frame.id,
      camera: camera === null ? null : delivery.cameras[camera]!.name,
      ...rest,
    };
  });
}

type Said = Pick<SpoilRecord, 'object' | 'track' | 'class' | 'delivered' | 'truth' | 'points' | 'row'> & {
  readonly at: number;
  readonly camera: number | null;
};

function saidOf(bench: Workbench, finished: FinishedDraft, { subject }: Mark): Said {
  if ('row' in subject) return saidOfRow(bench, finished, subject.row);
  if ('added' in subject) return saidOfAdded(finished, subject.added);
  if ('box' in subject) return saidOfBox(bench, finished, subject.box);
  return {
    ...{ at: subject.frame, camera: subject.camera },
    ...{ object: null, track: null, class: null, delivered: null, truth: null, points: null, row: null },
  };
}

function saidOfRow(bench: Workbench, { index, rowOf }: FinishedDraft, row: number): Said {
  const now = rowOf[row]!;
  const was = cuboidAt(bench.index.labels, row);
  const is = now < 0 ? was : cuboidAt(index.labels, now);
  return {
    ...{ at: was.frame, camera: null, object: is.id, track: is.track, class: is.className },
    delivered: now < 0 ? null : shapeOf(is),
    truth: shapeOf(was),
    points: bench.points(row),
    row: now < 0 ? null : now,
  };
}

function saidOfAdded({ index, addedRowOf }: FinishedDraft, place: number): Said {
  const row = addedRowOf[place]!;
  const is = cuboidAt(index.labels, row);
  return {
    ...{ at: is.frame, camera: null, object: is.id, track: is.track, class: is.className },
    ...{ delivered: shapeOf(is), truth: null, points: null, row },
  };
}

/** Told of the cuboid that the box truly belongs to, since that is the label a reader of the record looks for. */
function saidOfBox(bench: Workbench, { index, rowOf, boxRowOf }: FinishedDraft, box: number): Said {
  const was = box2dAt(bench.index.labels, box);
  const now = boxRowOf[box]!;
  const is = now < 0 ? was : box2dAt(index.labels, now);
  const owner = was.cuboid === NO_LINK ? -1 : rowOf[was.cuboid]!;
  return {
    ...{ at: was.frame, camera: was.camera, class: is.className },
    object: was.cuboid === NO_LINK ? was.id : bench.index.labels.cuboids.id.at(was.cuboid)!,
    track: is.track,
    delivered: now < 0 ? null : { ltrb: [...is.ltrb] },
    truth: { ltrb: [...was.ltrb] },
    points: was.cuboid === NO_LINK ? null : bench.points(was.cuboid),
    row: owner < 0 ? null : owner,
  };
}
