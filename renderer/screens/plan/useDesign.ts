/**
 * The spec as it is being tried out: every slider draws at once, nothing is recorded until it is kept or frozen, each
 * choice can be undone, and what is not kept survives the screen and a crash.
 */
import { useMemo, useState } from 'react';
import { type QaSpec, qaSpecSchema } from '../../../shared/audit/qaSpec.ts';
import { z } from '../../../shared/base/door.ts';
import { useServices, useSession } from '../../state/context.tsx';
import { useChooseSpec } from '../../state/useChooseSpec.ts';

export interface Design {
  /** What the screen shows: the spec as it is tried, or as it is recorded. */
  readonly spec: QaSpec;
  readonly isChanged: boolean;
  readonly canUndo: boolean;
  /** A step of something that is still moving: shown at once, and undone together with the whole movement. */
  move(spec: QaSpec): void;
  /** A choice, or the end of a movement: one step to undo. */
  choose(spec: QaSpec): void;
  undo(): void;
  /** Records it, and waits until it is on disk. False where that was refused or failed; the person was told. */
  keep(spec?: QaSpec): Promise<boolean>;
}

const draftName = 'plan-design';

const draftSchema = z.object({ of: z.string(), spec: qaSpecSchema });

interface Trying {
  /** The recorded spec's hash that this was made from. */
  readonly of: string;
  readonly spec: QaSpec | null;
  readonly past: readonly QaSpec[];
  readonly isMoving: boolean;
}

export function useDesign(recorded: { readonly spec: QaSpec; readonly hash: string }): Design {
  const { session } = useServices();
  const keepDraft = useSession((state) => state.keepDraft);
  const left = useSession((state) => state.drafts.get(draftName));
  const chooseSpec = useChooseSpec();
  const [tried, setTried] = useState<Trying | null>(null);
  const leftSpec = useMemo(() => {
    const read = draftSchema.safeParse(left);
    return read.success && read.data.of === recorded.hash ? read.data.spec : null;
  }, [left, recorded.hash]);
  const current = trialOf(tried, recorded.hash, leftSpec);
  const spec = current.spec ?? recorded.spec;

  function show(next: Trying, isSettled: boolean): void {
    setTried(next);
    if (isSettled) keepDraft(draftName, next.spec && { of: next.of, spec: next.spec });
  }

  const change = (next: QaSpec, isMoving: boolean): void => {
    if (next === spec && isMoving === current.isMoving) return;
    const past = current.isMoving || next === spec ? current.past : [...current.past, spec];
    const isRecorded = next === recorded.spec;
    show({ of: recorded.hash, spec: isRecorded ? null : next, past, isMoving }, !isMoving);
  };

  return {
    spec,
    isChanged: current.spec !== null,
    canUndo: current.past.length > 0,
    move: (next) => change(next, true),
    choose: (next) => change(next, false),
    undo() {
      const before = current.past.at(-1);
      if (before === undefined) return;
      const past = current.past.slice(0, -1);
      const isRecorded = before === recorded.spec;
      show({ of: recorded.hash, spec: isRecorded ? null : before, past, isMoving: false }, true);
    },
    async keep(next = spec) {
      if (next === recorded.spec) return true;
      const refusal = await chooseSpec(next);
      if (refusal !== null) return false;
      keepDraft(draftName, null);
      return await untilSaved(session);
    },
  };
}

/** What was recorded meanwhile, here or elsewhere, is where a trial begins anew; its steps can still be gone back. */
function trialOf(tried: Trying | null, of: string, left: QaSpec | null): Trying {
  if (tried === null) return { of, spec: left, past: [], isMoving: false };
  return tried.of === of ? tried : { ...tried, of, spec: null, isMoving: false };
}

/** Resolves once nothing recorded waits any more; false where saving stopped. */
function untilSaved(session: ReturnType<typeof useServices>['session']): Promise<boolean> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const { pending, saving } = session.getState();
      if (pending.length > 0 && saving.status !== 'unsaved') return false;
      resolve(pending.length === 0);
      return true;
    };
    if (look()) return;
    const stop = session.subscribe(() => {
      if (look()) stop();
    });
  });
}
