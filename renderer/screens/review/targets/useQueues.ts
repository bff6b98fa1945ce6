/**
 * Both desks of the review screen: that of the sample, and that of the targeted queue once it is asked for. The one
 * that is not shown keeps its place, what is prepared at it, and what it can take back.
 */
import { createContext, useContext, useEffect, useRef, useState } from 'react';
import type { DrawnUnit } from '../../../../shared/audit/events.ts';
import type { AuditState } from '../../../../shared/audit/state.ts';
import { auditOfTargets } from '../../../../shared/audit/targetsDesk.ts';
import { useRoute } from '../../../app/routes.ts';
import { useSession } from '../../../state/context.tsx';
import { type DeskValue, useDeskClock, useDeskMaker } from '../useDesk.ts';
import type { Queue } from './queue.ts';

export interface Queues {
  readonly queue: Queue;
  /** Shows a queue, at a unit of it where one is named. The targeted one is shown only while something is in it. */
  readonly show: (queue: Queue, unit?: string) => void;
}

export const QueuesContext = createContext<Queues | null>(null);

export function useQueue(): Queues {
  const queues = useContext(QueuesContext);
  if (queues === null) throw new Error('QueuesContext is missing');
  return queues;
}

interface TargetsDesk {
  /** Ids of its units; a queue that has changed needs a desk of its own. */
  readonly ids: string;
  readonly value: DeskValue;
}

/** Made once for each stay on the screen. */
export function useQueues(): { readonly queues: Queues; readonly value: DeskValue } {
  const make = useDeskMaker();
  const route = useRoute();
  const asked = route && 'unit' in route ? route.unit : null;
  const ids = useSession((state) => (state.shown ? idsOf(state.shown) : ''));
  const [sample] = useState(() => make('sample', asked));
  const [wished, setWished] = useState(() => {
    const first = queueOf(asked, sample, ids) ?? 'sample';
    return { queue: first, unit: first === 'targets' ? asked : null };
  });
  const [made, setMade] = useState<TargetsDesk | null>(null);
  const queue = ids === '' ? 'sample' : wished.queue;
  let targets = made;
  if (queue === 'targets' && made?.ids !== ids) {
    const isNew = wished.unit !== null && !isAmong(wished.unit, made?.ids ?? '');
    const place = isNew ? wished.unit : (made?.value.desk.unit().id ?? null);
    targets = { ids, value: make('targets', place) };
    setMade(targets);
  }
  const value = queue === 'targets' && targets ? targets.value : sample;
  useDeskClock(value);

  const show = (wanted: Queue, unit?: string): void => {
    setWished({ queue: wanted, unit: unit ?? null });
    const desk = wanted === 'sample' ? sample.desk : targets?.value.desk;
    const at = unit === undefined ? -1 : (desk?.units.findIndex(({ id }) => id === unit) ?? -1);
    if (desk && at >= 0 && at !== desk.store.getState().at) desk.goTo(at);
  };
  const followed = useRef(asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an address is followed once, when it changes
  useEffect(() => {
    if (followed.current === asked) return;
    followed.current = asked;
    const wanted = queueOf(asked, sample, ids);
    if (wanted && asked !== null) show(wanted, asked);
  }, [asked]);

  return { queues: { queue: value.queue, show }, value };
}

/** Which queue holds the unit; null where neither does. */
function queueOf(unit: string | null, sample: DeskValue, ids: string): Queue | null {
  if (unit === null) return null;
  if (sample.desk.units.some(({ id }) => id === unit)) return 'sample';
  return isAmong(unit, ids) ? 'targets' : null;
}

const isAmong = (unit: string, ids: string): boolean => ids.split('\n').includes(unit);

const known = new WeakMap<AuditState, string>();

function idsOf(state: AuditState): string {
  const units = (): readonly DrawnUnit[] => auditOfTargets(state).sample?.labels.units ?? [];
  const ids =
    known.get(state) ??
    units()
      .map(({ id }) => id)
      .join('\n');
  known.set(state, ids);
  return ids;
}
