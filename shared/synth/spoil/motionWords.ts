/** Attributes that say whether an object moves, turned into their contrary where the track shows what is true. */
import type { AttributeSet, AttributeValue, LabelTable } from '../../model/labels.ts';
import { NO_TRACK } from '../../model/labels.ts';
import { motionOfWord, type StatedMotion } from '../../scoring/motionWords.ts';
import { trackSeries } from '../../scoring/trackSeries.ts';
import type { SpoilObject } from './objects.ts';
import { drawSpan } from './spans.ts';
import type { Order, Workbench } from './workbench.ts';

/** Beyond doubt one or the other, m/s. */
const surelyMoving = 2;
const surelyStill = 0.15;

/** What stands before the last point of `vehicle.moving`, with the attribute it is a value of. */
function familyOf(name: string, word: string): string {
  return `${name}\0${word.split('.').slice(0, -1).join('.')}`;
}

/** A word of the delivery by its family and what it means. */
type Vocabulary = ReadonlyMap<string, Readonly<Partial<Record<StatedMotion, string>>>>;

/** Words by attribute: as values, in lists, or as names that are true (nuScenes). */
function* wordsOf(set: AttributeSet): Generator<readonly [family: string, word: string, said: StatedMotion]> {
  for (const [name, value] of Object.entries(set)) {
    const words = value === true ? [name] : Array.isArray(value) ? value : [value];
    for (const word of words) {
      const said = motionOfWord(word);
      if (said !== null) yield [familyOf(value === true ? '' : name, word as string), word as string, said];
    }
  }
}

const vocabularies = new WeakMap<LabelTable, Vocabulary>();

/** Gathered once from each table. */
function vocabularyOf(labels: LabelTable): Vocabulary {
  const known = vocabularies.get(labels) ?? gatherWords(labels);
  vocabularies.set(labels, known);
  return known;
}

function gatherWords({ attributeSets }: LabelTable): Vocabulary {
  const words = new Map<string, Partial<Record<StatedMotion, string>>>();
  for (const set of attributeSets) {
    for (const [family, word, said] of wordsOf(set)) {
      const known = words.get(family) ?? {};
      known[said] ??= word;
      words.set(family, known);
    }
  }
  return words;
}

export function hasMotionWords(labels: LabelTable): boolean {
  return [...vocabularyOf(labels).values()].some(
    ({ moving, still }) => moving !== undefined && still !== undefined,
  );
}

/** The set with the contrary of all it says of motion; null where it says nothing or the contrary has no word. */
function contrary(
  set: AttributeSet,
  vocabulary: Vocabulary,
): { set: AttributeSet; said: StatedMotion; word: string } | null {
  const words = [...wordsOf(set)];
  const said = words[0]?.[2];
  const swaps = new Map<AttributeValue, string>();
  for (const [family, word, means] of words) {
    const other = vocabulary.get(family)?.[means === 'moving' ? 'still' : 'moving'];
    if (other !== undefined) swaps.set(word, other);
  }
  const [word] = swaps.values();
  if (said === undefined || word === undefined || words.some(([, , means]) => means !== said)) return null;
  const swapped = Object.entries(set).map(([name, value]): [string, AttributeValue] => {
    if (value === true && motionOfWord(name) !== null) {
      const other = swaps.get(name);
      return other === undefined ? [name, false] : [other, true];
    }
    if (Array.isArray(value)) return [name, value.map((item) => swaps.get(item) ?? item)];
    return [name, swaps.get(value) ?? value];
  });
  return { set: Object.fromEntries(swapped), said, word };
}

/** `moving` said of what stands, or `parked` of what drives, in frames where the track leaves no doubt. */
export function spoilAttribute(bench: Workbench, object: SpoilObject, order: Order): boolean {
  const { draft, index } = bench;
  if (object.track === NO_TRACK || object.rows.length < 5) return false;
  const vocabulary = vocabularyOf(index.labels);
  const spoilt = trackSeries(index, object.rows).flatMap(({ row, speed }) => {
    const made = contrary(index.labels.attributeSets[draft.attributes[row]!] ?? {}, vocabulary);
    if (made === null || speed === null || draft.removed[row] === 1) return [];
    const isTrue = made.said === 'moving' ? speed >= surelyMoving : speed <= surelyStill;
    return isTrue ? [{ row, speed, ...made }] : [];
  });
  if (spoilt.length < 3) return false;
  const span = new Set(
    drawSpan(
      spoilt.map(({ row }) => row),
      bench.plan.spans,
      order.random,
    ),
  );
  const mark = bench.startFault(order);
  for (const { row, speed, set, word } of spoilt) {
    if (!span.has(row)) continue;
    draft.attributes[row] = draft.attributeNumber(set);
    mark({ row }, null, { says: word, metersPerSecond: speed });
  }
  return true;
}
