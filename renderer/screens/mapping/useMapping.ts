/** The mapping of a delivery with all that follows from it: what its fields hold, and the delivery as it is read by it. */
import { useEffect, useState } from 'react';
import { type HostOutput, plainChoice } from '../../../shared/host/contract.ts';
import {
  emptyMapping,
  type Mapping,
  mappingText,
  readMapping,
} from '../../../shared/readers/mapped/mappingDocument.ts';
import { useHost, useSession } from '../../state/context.tsx';
import { type Task, useTask } from '../../ui/useTask.ts';
import { changeDraft, type MappingDraft, redoDraft, startDraft, undoDraft } from './mappingDraft.ts';

export type MappingLook = HostOutput<'deliveries.lookOver'>;

/** People pause this long between thoughts; a preview before it would be of half a word. */
const PREVIEW_AFTER_MS = 500;

export interface MappingDesk {
  /** Null until the delivery was looked over. */
  readonly draft: MappingDraft | null;
  readonly look: MappingLook | null;
  readonly looking: Task;
  readonly preview: Task;
  /** The open delivery that the mapping was last read into; null until then. */
  readonly shown: string | null;
  readonly change: (mapping: Mapping) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Starts anew from what the names of the delivery suggest. */
  readonly propose: () => void;
}

export function useMapping(path: string, sensorsPath: string | null): MappingDesk {
  const host = useHost();
  const openDelivery = useSession((state) => state.openDelivery);
  const opened = useSession((state) => state.opened);
  const [draft, setDraft] = useState<MappingDraft | null>(null);
  const [look, setLook] = useState<MappingLook | null>(null);
  const looking = useTask();
  const preview = useTask();
  const [shown, setShown] = useState<string | null>(null);
  // What this delivery was opened with before is gone on with.
  const [before] = useState(() => (opened?.path === path ? opened.choice : plainChoice));
  const text = draft === null ? null : mappingText(draft.now);

  const { restart: lookAgain } = looking;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each delivery
  useEffect(() => {
    void lookOver(before.mapping);
  }, [path]);

  async function lookOver(mapping: string | null): Promise<void> {
    const found = await lookAgain((options) => host.call('deliveries.lookOver', { path, mapping }, options));
    if (found === null) return;
    const reading = readMapping(found.mapping);
    const next = reading.ok ? reading.mapping : emptyMapping;
    setLook(found);
    setDraft((now) => (now === null ? startDraft(next) : changeDraft(now, next, Date.now())));
  }

  const { restart: openAgain } = preview;
  useEffect(() => {
    if (text === null) return;
    const timer = setTimeout(() => {
      void lookAgain(async (options) => {
        setLook(await host.call('deliveries.lookOver', { path, mapping: text }, options));
      });
      // Other sources are named by what is read: which one is judged is chosen again afterwards.
      const choice = { ...before, labels: null, mapping: text };
      void openAgain(async (options) => {
        const { delivery } = await openDelivery(path, sensorsPath, { ...options, choice, isTrial: true });
        setShown(delivery);
      });
    }, PREVIEW_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, before, path, sensorsPath, host, openDelivery, openAgain, lookAgain]);

  return {
    draft,
    look,
    looking,
    preview,
    shown,
    change: (mapping) => setDraft((now) => now && changeDraft(now, mapping, Date.now())),
    undo: () => setDraft((now) => now && undoDraft(now)),
    redo: () => setDraft((now) => now && redoDraft(now)),
    propose: () => void lookOver(null),
  };
}
