/** How the auditor wants to see, remembered for a room, told to the engine, and changed from the keyboard. */
import { useEffect, useMemo } from 'react';
import { type Command, useCommands } from '../../app/commands.ts';
import { useRememberedView } from '../../state/context.tsx';
import { colourings, hasColouring } from '../colourings.ts';
import { type ViewRoom, viewControlOf } from '../viewControl.ts';
import {
  defaultClipMeters,
  defaultPointMeters,
  defaultViewOptions,
  type ViewOptions,
  viewOptionsSchema,
} from '../viewOptions.ts';
import { useEngine, useFacts } from './engineContext.tsx';

/** Sweeps laid over the frame, each way, in the order the key goes through. */
const mergeSteps = [0, 1, 2, 5, 10];

/** The options of a room as this delivery can have them, and how to change some of them. */
export function useRoomOptions(
  room: ViewRoom,
): readonly [ViewOptions, (patch: Partial<ViewOptions>) => void] {
  const engine = useEngine();
  const [remembered, setOptions] = useRememberedView<unknown>(`${room}.view`, defaultViewOptions);
  const { delivery, others } = engine.index;
  const options = useMemo(() => {
    const { compareWith, hiddenLidars, ...rest } = parseOptions(remembered);
    // What was remembered may be of another delivery, or the source that is judged now.
    const isThere = others.some(({ name }) => name === compareWith);
    const lidars = delivery.lidars.map(({ name }) => name);
    const hidden = hiddenLidars.filter((name) => lidars.includes(name));
    return {
      ...rest,
      compareWith: isThere ? compareWith : null,
      // Somebody who hid the one lidar there is would look at nothing and not know why.
      hiddenLidars: hidden.length < lidars.length ? hidden : [],
    };
  }, [remembered, others, delivery]);
  return [options, (patch) => setOptions({ ...options, ...patch })];
}

export function useViewOptions(room: ViewRoom): ViewOptions {
  const engine = useEngine();
  const [options, change] = useRoomOptions(room);
  const { delivery, others } = engine.index;
  const spans = useFacts((facts) => facts.spans);
  const control = viewControlOf(engine);
  useEffect(() => engine.setOptions(options), [engine, options]);
  useEffect(() => control.setState({ room }), [control, room]);

  const command = (id: string, keys: readonly string[], run: () => void, isEnabled = true): Command => ({
    id: `${room}.${id}`,
    room,
    titleKey: `viewport.commands.${id}`,
    keys,
    run,
    isEnabled: () => isEnabled,
  });
  const offered = colourings.filter((colouring) => hasColouring(colouring, delivery, spans));
  useCommands([
    command('colouring', ['P'], () => change({ colouring: after(offered, options.colouring) })),
    command('pointsOnPictures', ['L'], () => change({ showPointsOnPictures: !options.showPointsOnPictures })),
    command('rings', ['Shift+R'], () => change({ showRings: !options.showRings })),
    command('larger', ['+', '='], () => change(resized(options, 1))),
    command('smaller', ['-'], () => change(resized(options, -1))),
    command('pointMeters', ['Shift+M'], () =>
      change({ pointMeters: options.pointMeters === null ? defaultPointMeters : null }),
    ),
    command('depthEdges', ['Shift+E'], () => change({ showDepthEdges: !options.showDepthEdges })),
    command('ground', ['H'], () => change({ hideGround: !options.hideGround })),
    command('clip', ['Shift+H'], () =>
      change({ clipMeters: options.clipMeters === null ? defaultClipMeters : null }),
    ),
    command('merge', ['Y'], () => change({ mergedSweeps: after(mergeSteps, options.mergedSweeps) })),
    command('follow', ['Shift+Y'], () => change({ mergeFollowsLabel: !options.mergeFollowsLabel })),
    command('radar', ['Shift+D'], () => change({ showRadar: !options.showRadar }), !!delivery.radars),
    command('shapes', ['Shift+S'], () => change({ showShapes: !options.showShapes })),
    command(
      'compare',
      ['Shift+V'],
      () => change({ compareWith: after([null, ...others.map(({ name }) => name)], options.compareWith) }),
      others.length > 0,
    ),
    command('panel', ['Shift+W'], () =>
      control.setState(({ isPanelOpen }) => ({ isPanelOpen: !isPanelOpen })),
    ),
    command('reset', [], () => change(defaultViewOptions)),
  ]);
  return options;
}

/** One step larger or smaller, in the unit that is in force. */
function resized({ pointPixels, pointMeters }: ViewOptions, way: 1 | -1): Partial<ViewOptions> {
  if (pointMeters === null) {
    return { pointPixels: Math.min(8, Math.max(1, pointPixels + 0.5 * way)) };
  }
  const meters = pointMeters * 1.25 ** way;
  return { pointMeters: Math.min(0.5, Math.max(0.01, Number(meters.toFixed(3)))) };
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
