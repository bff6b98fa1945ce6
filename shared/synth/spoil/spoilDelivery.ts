/**
 * Puts faults into the labels of a delivery that is in memory and keeps the record of each. Pure: the same delivery,
 * plan and tools give the same faults; the delivery that is given stays as it is.
 */
import type { DeliveryIndex } from '../../model/labels.ts';
import type { Random } from '../random.ts';
import { type BoxKind, boxKinds, spoilBoxes } from './boxKinds.ts';
import { spoilClass, spoilFlicker } from './classKinds.ts';
import { spoilExtrinsic, spoilPose, spoilTime } from './dataKinds.ts';
import { finishDraft } from './finishDraft.ts';
import { spoilBox2d, spoilLink } from './imageKinds.ts';
import { type DataKind, isDataKind, type LabelKind, type SpoilKind } from './kinds.ts';
import { lackOf } from './lacks.ts';
import { spoilAttribute } from './motionWords.ts';
import type { SpoilObject } from './objects.ts';
import { ordersOf } from './orders.ts';
import type { LeftReason, Spoiled, SpoilLeft, SpoilPlan, SpoilTools } from './plan.ts';
import { spoilDuplicate, spoilEmpty, spoilGhost, spoilMissing, spoilOutOfRange } from './presenceKinds.ts';
import { recordsOf } from './records.ts';
import { spoilSchema } from './schemaKinds.ts';
import {
  spoilEarlyEnd,
  spoilFragment,
  spoilFrozen,
  spoilGap,
  spoilJitter,
  spoilLateStart,
  spoilMerge,
  spoilSwitch,
} from './trackKinds.ts';
import { type Order, Workbench } from './workbench.ts';

type SpoilLabel = (bench: Workbench, object: SpoilObject, order: Order) => boolean;
type SpoilData = (bench: Workbench, scene: number, order: Order) => boolean;

const onLabels = {
  missing: spoilMissing,
  ghost: spoilGhost,
  duplicate: spoilDuplicate,
  'wrong-class': spoilClass,
  ...(Object.fromEntries(boxKinds.map((kind) => [kind, spoilBoxes])) as Record<BoxKind, SpoilLabel>),
  empty: spoilEmpty,
  'out-of-range': spoilOutOfRange,
  'track-switch': spoilSwitch,
  fragment: spoilFragment,
  merge: spoilMerge,
  gap: spoilGap,
  'late-start': spoilLateStart,
  'early-end': spoilEarlyEnd,
  jitter: spoilJitter,
  'frozen-copy': spoilFrozen,
  'class-flicker': spoilFlicker,
  attribute: spoilAttribute,
  'box2d-off': spoilBox2d,
  'link-broken': spoilLink,
  schema: spoilSchema,
} satisfies Record<LabelKind, SpoilLabel>;

const onData: Readonly<Record<DataKind, SpoilData>> = {
  extrinsic: spoilExtrinsic,
  'time-offset': spoilTime,
  'pose-jump': spoilPose,
};

/** Objects that are tried before a fault is given up, so that a large delivery costs no more than a small one. */
const mostTries = 400;
/** Faults of one object at most, where several are allowed. */
const mostFaults = 3;

/**
 * The spoiled delivery, what is true of every label that was touched, and the kinds that could not be made with the
 * reason. Other label sources stay as they are. Chance is named by kind and number: asking for one kind more leaves
 * the draws of the others.
 */
export function spoilDelivery(index: DeliveryIndex, plan: SpoilPlan, tools: SpoilTools): Spoiled {
  const bench = new Workbench(index, plan, tools);
  const lacks = (kind: SpoilKind): LeftReason | null => lackOf(bench, kind);
  const left: SpoilLeft[] = [];
  for (const { kind, why, orders } of ordersOf(plan, bench.objects.length, lacks)) {
    if (why !== null) {
      left.push({ kind, why, count: orders.length });
      continue;
    }
    const missed = orders.filter((order) => !place(bench, order)).length;
    if (missed > 0) left.push({ kind, why: 'nothing-fits', count: missed });
  }
  const finished = finishDraft(bench.draft);
  return { index: finished.index, truth: recordsOf(bench, finished), left };
}

function place(bench: Workbench, order: Order): boolean {
  if (isDataKind(order.kind)) {
    const spoil = onData[order.kind];
    const scenes = shuffled(
      bench.index.delivery.scenes.map((_, scene) => scene),
      order.random,
    );
    return scenes.some((scene) => spoil(bench, scene, order));
  }
  const spoil = onLabels[order.kind];
  const free = bench.plan.isMixed ? mostFaults : 1;
  const candidates = bench.objects.filter(({ faults }) => faults < free);
  const found = shuffled(candidates, order.random, mostTries).find((object) => spoil(bench, object, order));
  if (found) found.faults++;
  return found !== undefined;
}

/** Drawn one after the other without repeats, so that what is not reached costs nothing. */
function shuffled<Item>(items: readonly Item[], random: Random, most = items.length): Item[] {
  const rest = [...items];
  const drawn: Item[] = [];
  while (rest.length > 0 && drawn.length < most) {
    const at = random.integer(0, rest.length - 1);
    drawn.push(rest[at]!);
    rest[at] = rest.at(-1)!;
    rest.pop();
  }
  return drawn;
}
