/** Objects that a second source labels and the judged labels do not. */
import { groupedBy } from '../../base/groupedBy.ts';
import { boxLength } from '../../geometry/iou.ts';
import { transformPoint } from '../../geometry/matrix.ts';
import type { Vec3 } from '../../model/pose.ts';
import type { CheckSink } from '../contract.ts';
import type { CheckScene } from '../scene.ts';
import { opinionRange, otherEvidence } from './opinionLabels.ts';
import type { SecondOpinion } from './secondOpinion.ts';
import { rounded } from './shapeOf.ts';
import { urgencyOf } from './urgency.ts';

export function measureMissing(
  scene: CheckScene,
  sink: CheckSink,
  opinion: SecondOpinion,
  belief: Float64Array,
  heading: number | null,
): void {
  const { sets, pairs, source } = opinion;
  const subjects = new Subjects(scene, opinion);
  const missing = pairs.extra
    .filter((position) => isInScope(scene, opinion, position))
    .sort((a, b) => a - b)
    .map((position) => ({ position, subject: subjects.of(position) }));
  const isSequence = scene.frames.length >= fewestOfSequence;
  for (const of of groupedBy(missing, ({ subject }) => subject).values()) {
    const lasting = isSequence ? (lastingBelief[of.length - 1] ?? 1) : 1;
    for (const { position, subject } of of) {
      const className = sets.classes[sets.candidate.classIndex[position]!]!;
      const value = lasting * belief[position]!;
      const isBox = sets.likeness === 'iou2d';
      sink.measure({
        ...{ frame: sets.candidate.frame[position]!, value, limitKey: 'missing', code: 'MISS' },
        ...(isBox && { camera: cameraOf(opinion, position) }),
        ...{ says: isBox ? 'missingBox' : 'missing', subject: `${source.name} ${subject}` },
        trust: urgency(opinion, position, className, heading),
        params: {
          ...{ source: source.name, otherClass: className, percent: Math.round(100 * value) },
          ...{ frames: of.length, meters: rounded(opinionRange(opinion, 'candidate', position)) },
        },
        evidence: () => [otherEvidence(opinion, position, 'expected')],
      });
    }
  }
}

/** A program that sees a thing once in a whole sequence has mostly seen nothing: its belief by how many frames it lasts. */
const lastingBelief = [0.75, 0.9];
const fewestOfSequence = 5;

function urgency(
  { sets }: SecondOpinion,
  position: number,
  className: string,
  heading: number | null,
): number {
  if (sets.likeness === 'iou2d') return 1;
  const { numbers } = sets.candidate;
  return urgencyOf(numbers[boxLength * position]!, numbers[boxLength * position + 1]!, className, heading);
}

function cameraOf({ source, otherRowOf }: SecondOpinion, position: number): number {
  return source.labels.boxes2d.camera[otherRowOf(position)]!;
}

/** What nobody ordered is not missing. */
function isInScope({ rules }: CheckScene, { sets }: SecondOpinion, position: number): boolean {
  if (sets.likeness === 'iou2d') return true;
  const { numbers } = sets.candidate;
  const [x, y] = [numbers[boxLength * position]!, numbers[boxLength * position + 1]!];
  return Math.hypot(x, y) <= (rules.maxRangeMeters ?? Number.POSITIVE_INFINITY) && !rules.isIgnored(x, y);
}

/** Without tracks, a label so near to where one of its class was two frames ago at most is of the same object, metres. */
const chainMeters = 2.5;
const mostFramesBetween = 2;

/** Which labels of the source are one object: by its tracks, or by place from frame to frame. */
class Subjects {
  readonly #scene: CheckScene;
  readonly #opinion: SecondOpinion;
  #chains: { readonly name: string; readonly classIndex: number; frame: number; place: Vec3 }[] = [];
  #count = 0;

  constructor(scene: CheckScene, opinion: SecondOpinion) {
    this.#scene = scene;
    this.#opinion = opinion;
  }

  /** Call in ascending order of positions. */
  of(position: number): string {
    const { sets, source } = this.#opinion;
    const track = sets.candidate.track[position]!;
    if (track >= 0) return source.labels.tracks[track]!;
    if (sets.likeness === 'iou2d') return source.labels.boxes2d.id.at(this.#opinion.otherRowOf(position))!;
    const frame = sets.candidate.frame[position]!;
    const classIndex = sets.candidate.classIndex[position]!;
    const place = this.#worldPlace(frame, position);
    this.#chains = this.#chains.filter((chain) => frame - chain.frame <= mostFramesBetween);
    const apart = (chain: { readonly place: Vec3 }): number =>
      Math.hypot(chain.place[0] - place[0], chain.place[1] - place[1]);
    const near = this.#chains
      .filter((chain) => chain.frame < frame && chain.classIndex === classIndex && apart(chain) < chainMeters)
      .sort((a, b) => apart(a) - apart(b))[0];
    if (near) {
      near.frame = frame;
      near.place = place;
      return near.name;
    }
    const name = String(++this.#count);
    this.#chains.push({ name, classIndex, frame, place });
    return name;
  }

  #worldPlace(frame: number, position: number): Vec3 {
    const { numbers } = this.#opinion.sets.candidate;
    const [x, y, z] = numbers.subarray(boxLength * position);
    const pose = this.#scene.frames[frame - this.#scene.scene.frameStart]?.worldFromSpace;
    return pose ? transformPoint(pose, [x!, y!, z!]) : [x!, y!, z!];
  }
}
