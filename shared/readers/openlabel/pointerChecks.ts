/** `object_data_pointers` are an index of an object's data: never needed for reading, and worth a word where wrong. */
import type { Problem } from '../../base/problem.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asList, asRecord, asText, entriesOf } from '../jsonValues.ts';
import type { OpenlabelDocument } from './document.ts';
import { readIntervals } from './document.ts';
import { dataKinds } from './objectData.ts';
import { someOf } from './sceneInput.ts';

/** Where the data of one name is. */
interface Whereabouts {
  readonly kinds: Set<string>;
  readonly frames: Set<number>;
}

type Named = Map<string, Whereabouts>;

function note(named: Named, data: JsonRecord | null, frame: number | null): void {
  for (const kind of dataKinds) {
    for (const item of asList(data?.[kind])) {
      const name = asText(asRecord(item)?.name);
      if (name === null) continue;
      const known = named.get(name) ?? { kinds: new Set(), frames: new Set() };
      named.set(name, known);
      known.kinds.add(kind);
      if (frame !== null) known.frames.add(frame);
    }
  }
}

function isRight(pointer: JsonRecord | null, found: Whereabouts | undefined): boolean {
  if (!found?.kinds.has(asText(pointer?.type) ?? '')) return false;
  const intervals = readIntervals(pointer?.frame_intervals);
  const promised = intervals.reduce((sum, [start, end]) => sum + end - start + 1, 0);
  const inside = [...found.frames].filter((frame) =>
    intervals.some(([start, end]) => frame >= start && frame <= end),
  );
  return inside.length === found.frames.size && promised === inside.length;
}

/** One problem for each object whose pointers and data differ. */
export function pointerProblems(root: JsonRecord, document: OpenlabelDocument, path: string): Problem[] {
  const pointed = entriesOf(root.objects).flatMap(([uid, object]) => {
    const pointers = new Map(entriesOf(asRecord(object)?.object_data_pointers));
    return pointers.size > 0 ? [[uid, pointers] as const] : [];
  });
  if (pointed.length === 0) return [];
  const data = new Map<string, Named>(pointed.map(([uid]) => [uid, new Map()]));
  for (const [uid, named] of data) note(named, document.objects.get(uid)?.data ?? null, null);
  for (const { number, objects } of document.frames) {
    for (const [uid, own] of objects) {
      const named = data.get(uid);
      if (named) note(named, own, number);
    }
  }
  return pointed.flatMap(([object, pointers]) => {
    const named = data.get(object)!;
    const wrong = [...pointers].filter(([name, pointer]) => !isRight(asRecord(pointer), named.get(name)));
    const unpointed = [...named.keys()].filter((name) => !pointers.has(name));
    const names = someOf([...wrong.map(([name]) => name), ...unpointed]);
    if (names === '') return [];
    const place = `/openlabel/objects/${object}/object_data_pointers`;
    return [
      {
        code: 'openlabel-pointers-differ',
        severity: 'info' as const,
        path,
        place,
        params: { object, names },
      },
    ];
  });
}
