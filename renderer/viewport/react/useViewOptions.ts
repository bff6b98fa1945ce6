/** How the auditor wants to see, remembered for a room, told to the engine, and changed from the keyboard. */
import { useEffect, useMemo } from 'react';
import { type Command, useCommands } from '../../app/commands.ts';
import { useRememberedView } from '../../state/context.tsx';
import { colouringsOf } from '../gpu/pointsMaterial.ts';
import { defaultViewOptions, type ViewOptions, viewOptionsSchema } from '../viewOptions.ts';
import { useEngine } from './engineContext.tsx';

/** Sweeps laid over the frame, each way, in the order the key goes through. */
const mergeSteps = [0, 1, 2, 5, 10];

export function useViewOptions(room: 'review' | 'search' | 'look'): ViewOptions {
  const engine = useEngine();
  const [remembered, setOptions] = useRememberedView<unknown>(`${room}.view`, defaultViewOptions);
  const { delivery, others } = engine.index;
  const options = useMemo(() => {
    const { compareWith, ...rest } = parseOptions(remembered);
    // What was remembered may be a source of another delivery, or the one that is judged now.
    const isThere = others.some(({ name }) => name === compareWith);
    return { ...rest, compareWith: isThere ? compareWith : null };
  }, [remembered, others]);
  useEffect(() => engine.setOptions(options), [engine, options]);

  const change = (patch: Partial<ViewOptions>): void => setOptions({ ...options, ...patch });
  const command = (id: string, keys: readonly string[], run: () => void, isEnabled = true): Command => ({
    id: `${room}.${id}`,
    room,
    titleKey: `viewport.commands.${id}`,
    keys,
    run,
    isEnabled: () => isEnabled,
  });
  useCommands([
    command('colouring', ['P'], () =>
      change({ colouring: after(colouringsOf(delivery.pointClasses), options.colouring) }),
    ),
    command('pointsOnPictures', ['L'], () => change({ showPointsOnPictures: !options.showPointsOnPictures })),
    command('rings', ['Shift+R'], () => change({ showRings: !options.showRings })),
    command('larger', ['+', '='], () => change({ pointPixels: Math.min(8, options.pointPixels + 0.5) })),
    command('smaller', ['-'], () => change({ pointPixels: Math.max(1, options.pointPixels - 0.5) })),
    command('merge', ['Y'], () => change({ mergedSweeps: after(mergeSteps, options.mergedSweeps) })),
    command('radar', ['Shift+D'], () => change({ showRadar: !options.showRadar }), !!delivery.radars),
    command('shapes', ['Shift+S'], () => change({ showShapes: !options.showShapes })),
    command(
      'compare',
      ['Shift+V'],
      () => change({ compareWith: after([null, ...others.map(({ name }) => name)], options.compareWith) }),
      others.length > 0,
    ),
  ]);
  return options;
}

/** The next of a round; the first where the current one is none of them. */
function after<Value>(round: readonly Value[], current: Value): Value {
  return round[(round.indexOf(current) + 1) % round.length]!;
}

/** What was remembered by another version may be anything; then the defaults hold. */
function parseOptions(remembered: unknown): ViewOptions {
  const parsed = viewOptionsSchema.safeParse(remembered);
  return parsed.success ? parsed.data : defaultViewOptions;
}
