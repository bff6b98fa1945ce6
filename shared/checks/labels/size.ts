/**
 * SIZE: whether a label is as large as things of its class are. An object is judged once, by the median size of its
 * track; a label without a track by itself.
 */
import { NO_TRACK } from '../../model/labels.ts';
import type { Vec3 } from '../../model/pose.ts';
import { medianSize } from '../../scoring/motionHints.ts';
import { motionLimits } from '../../scoring/motionLimits.ts';
import type { Check, CheckSink } from '../contract.ts';
import type { Evidence } from '../evidence.ts';
import type { ClassPrior } from '../priors.ts';
import { usedPrior } from '../priorsUsed.ts';
import type { CheckClass } from '../rules.ts';
import { type CheckScene, classOfRow, hasShape } from '../scene.ts';
import { limitsInForce } from '../settings.ts';
import { shippedPriors } from '../shippedPriors.ts';
import { boxEvidence, rounded, shapeOf } from './shapeOf.ts';
import { type AxisFit, axisFits, farthest, likelierClass } from './sizePriors.ts';

export const sizeCheck: Check = {
  id: 'SIZE',
  version: 1,
  looksAt: 'track',
  needs: ['cuboids'],
  code: 'DIM',
  quantity: { unit: 'none', wrong: 'above', range: [0, 12] },
  limits: {
    /** Robust deviations from the usual size. */
    all: { soft: 3.5, hard: null },
    /** Times the usual size, and times smaller than it: only of what lies beyond the deviations as well. */
    large: { soft: 1.3, hard: 1.8 },
    small: { soft: 1.3, hard: 2 },
    /** Logarithm of how many times likelier another class is. */
    otherClass: { soft: 2.5, hard: 8 },
  },
  run(scene, sink) {
    const own = new Map(
      scene.classes.map(({ name }) => [name, usedPrior(scene.priors, shippedPriors, name)] as const),
    );
    const known = [...own].flatMap(([name, prior]) => (prior ? [[name, prior] as const] : []));
    for (const sized of sizedObjects(scene)) {
      const prior = own.get(sized.kind.name);
      if (prior) measure(scene, sink, sized, prior, known);
    }
  },
};

interface Sized {
  /** The row whose own size is nearest to the track's. */
  readonly row: number;
  readonly kind: CheckClass;
  readonly size: Vec3;
  /** Whether there are points enough to judge more than gross errors. */
  readonly hasShape: boolean;
}

function* sizedObjects(scene: CheckScene): Iterable<Sized> {
  const { cuboids } = scene.index.labels;
  for (const { kind, moments } of scene.tracks) {
    const shaped = moments.filter(({ row }) => hasShape(scene, row));
    const judged = shaped.length > 0 ? shaped : moments;
    const size = medianSize(judged.map((moment) => moment.size));
    const apart = (of: Vec3): number =>
      of.reduce((sum, extent, axis) => sum + Math.abs(extent - size[axis]!), 0);
    const { row } = judged.reduce((best, moment) => (apart(moment.size) < apart(best.size) ? moment : best));
    yield { row, kind, size, hasShape: shaped.length > 0 };
  }
  for (const row of scene.judged) {
    if (cuboids.track[row] !== NO_TRACK) continue;
    const { size } = shapeOf(scene, row);
    yield { row, kind: classOfRow(scene, row), size, hasShape: hasShape(scene, row) };
  }
}

function measure(
  scene: CheckScene,
  sink: CheckSink,
  { row, kind, size, hasShape }: Sized,
  prior: ClassPrior,
  known: readonly (readonly [string, ClassPrior])[],
): void {
  const frame = scene.index.labels.cuboids.frame[row]!;
  const fits = axisFits(size, kind.name, prior);
  const worst = farthest(fits);
  const evidence = () => [usualBox(scene, row, fits)];
  const limitOf = (key: string) => limitsInForce(sizeCheck, scene.settings, key);
  if (hasShape) {
    // A class that the delivery does not use is no mistake anybody made: the vendor's taxonomy may not have it.
    const others = known.filter(([name]) => name !== kind.name);
    // A child is as tall as a cone: of people only ground that they do not fill tells of something else.
    const isChild = motionLimits(kind.name)?.kind === 'pedestrian' && worst.axis === 'height';
    const isDoubtful = Math.abs(worst.z) > leastDeviations && !isChild;
    const other = isDoubtful ? likelierClass(size, fits, others) : null;
    if (other !== null && other.logOdds > (limitOf('otherClass').soft ?? Number.POSITIVE_INFINITY)) {
      sink.measure({
        ...{ frame, row, value: other.logOdds, limitKey: 'otherClass', says: 'otherClass', code: 'CLS' },
        ...{ evidence, params: { ...paramsOf(worst), otherClass: other.className } },
      });
      return;
    }
  }
  const isUnusual = Math.abs(worst.z) > (limitOf('all').soft ?? Number.POSITIVE_INFINITY);
  const ratio = worst.extent / worst.usual;
  const told = { frame, row, says: worst.axis, params: paramsOf(worst), evidence };
  if (isUnusual && isGross(ratio)) {
    const isLarge = ratio > 1;
    sink.measure({ ...told, value: isLarge ? ratio : 1 / ratio, limitKey: isLarge ? 'large' : 'small' });
  } else if (hasShape) sink.measure({ ...told, value: Math.abs(worst.z) });
}

/** Below so many deviations from its own class a size is no reason to doubt the class. */
const leastDeviations = 2;

/** The reference's SIZE, hard: below half or above 1.8 times the usual. */
function isGross(ratio: number): boolean {
  return ratio > sizeCheck.limits.large!.hard! || ratio < 1 / sizeCheck.limits.small!.hard!;
}

function paramsOf({ extent, usual }: AxisFit): Record<string, number> {
  return { extent: rounded(extent), usual: rounded(usual), times: rounded(extent / usual) };
}

/** A box of the class's usual size on the label's own floor. */
function usualBox(scene: CheckScene, row: number, fits: readonly AxisFit[]): Evidence {
  const { center, size, rotation } = shapeOf(scene, row);
  const usual: Vec3 = [fits[0]!.usual, fits[1]!.usual, fits[2]!.usual];
  const rise = (usual[2] - size[2]) / 2;
  return boxEvidence({ center: [center[0], center[1], center[2] + rise], size: usual, rotation }, 'expected');
}
