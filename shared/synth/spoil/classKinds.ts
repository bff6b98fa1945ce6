/** Faults of what a label says its object is: another class, a class that changes, an attribute against the motion. */

import type { Random } from '../random.ts';
import type { SpoilSize } from './kinds.ts';
import type { SpoilObject } from './objects.ts';
import { drawStretch } from './spans.ts';
import type { Order, Workbench } from './workbench.ts';

/** Sizes this many times apart are no near relations. */
const unlike = 1.6;

interface OtherClass {
  readonly index: number;
  /** How many times the classes differ in the side they differ in most; 1 where the agreement gives no sizes. */
  readonly ratio: number;
}

/** Classes of the delivery that are objects and not the same to the agreement, the likest first. */
export function otherClasses({ rules, index }: Workbench, className: string): OtherClass[] {
  const own = rules.classOf(className);
  return index.labels.classes
    .flatMap((name, at) => {
      const other = rules.classOf(name);
      if (!rules.isObject(name) || other.name === own.name) return [];
      const ratios = [0, 1, 2].map((axis) => {
        const [a, b] = [own.typicalSize?.[axis] ?? 1, other.typicalSize?.[axis] ?? 1];
        return Math.max(a / b, b / a);
      });
      return [{ index: at, ratio: Math.max(...ratios) }];
    })
    .sort((a, b) => a.ratio - b.ratio || a.index - b.index);
}

/** Mild: the class that is most like it. Gross: one that nobody could take for it, where there is one. */
function chooseClass(others: readonly OtherClass[], size: SpoilSize, random: Random): OtherClass {
  const far = others.filter(({ ratio }) => ratio >= unlike);
  if (size === 'mild') return others[0]!;
  return far.length > 0 ? random.pick(far) : others.at(-1)!;
}

/** The whole object under another class, as labelling tools give a class to a track. */
export function spoilClass(bench: Workbench, object: SpoilObject, order: Order): boolean {
  return rename(bench, object, order, object.rows);
}

/** One to three frames within a track under another class. */
export function spoilFlicker(bench: Workbench, object: SpoilObject, order: Order): boolean {
  if (object.rows.length < 5) return false;
  return rename(bench, object, order, drawStretch(object.rows.slice(1, -1), order.random, 1, 3));
}

function rename(bench: Workbench, object: SpoilObject, order: Order, rows: readonly number[]): boolean {
  const isSeen = object.rows.some((row) => bench.isVisible(row));
  const trueClass = bench.className(rows[0]!);
  const others = otherClasses(bench, trueClass);
  if (!isSeen || others.length === 0) return false;
  const chosen = chooseClass(others, order.size, order.random);
  const name = bench.index.labels.classes[chosen.index]!;
  const mark = bench.startFault(order);
  for (const row of rows) {
    const trueName = bench.className(row);
    if (trueName === name) continue;
    bench.draft.setClass(row, chosen.index);
    mark({ row }, null, { class: name, trueClass: trueName });
  }
  return true;
}
