/** The keys of the calibration screen. Turning and shifting lie under the left hand: W S, A D, Q E; Shift shifts. */
import { useTranslation } from 'react-i18next';
import { commandMaker, useCommands } from '../../app/commands.ts';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import type { BenchView } from './CalibrationBench.tsx';
import {
  asDelivered,
  axes,
  shifted,
  shiftStep,
  type Trial,
  timeStep,
  turned,
  turnStep,
  withTime,
} from './trial.ts';

export interface BenchActions {
  stepFrame(by: number): void;
  stepCamera(by: number): void;
  patch(change: Partial<BenchView>): void;
  setTrial(trial: Trial): void;
  /** Null where nothing better is known than what was delivered. */
  readonly tryFit: (() => void) | null;
  copy(): void;
}

export interface CalibrationCommands {
  readonly view: BenchView;
  readonly trial: Trial;
  /** Whether another time can be tried. */
  readonly canMove: boolean;
  readonly actions: BenchActions;
}

/** Less and more about each axis. */
const axisKeys = [
  ['S', 'W'],
  ['A', 'D'],
  ['Q', 'E'],
] as const;

export function useCalibrationCommands({ view, trial, canMove, actions }: CalibrationCommands): void {
  const { t } = useTranslation();
  const engine = useEngine();
  const command = commandMaker('calibration');
  const time = { repeats: true, isEnabled: () => canMove };
  const signs = [-1, 1] as const;
  useCommands([
    command('frameBack', ['[', 'ArrowLeft'], () => actions.stepFrame(-1), { repeats: true }),
    command('frameOn', [']', 'ArrowRight'], () => actions.stepFrame(1), { repeats: true }),
    command('cameraOn', ['.', 'ArrowDown'], () => actions.stepCamera(1), { repeats: true }),
    command('cameraBack', [',', 'ArrowUp'], () => actions.stepCamera(-1), { repeats: true }),
    command('large', ['X'], () => actions.patch({ isLarge: !view.isLarge })),
    command('boxes', ['B'], () => actions.patch({ showBoxes: !view.showBoxes })),
    command('points', ['P'], () => actions.patch({ showPoints: !view.showPoints })),
    command('overlay', ['O'], () => engine.setOverlayHidden(true), {
      release: () => engine.setOverlayHidden(false),
    }),
    command('earlier', ['-'], () => actions.setTrial(withTime(trial, trial.milliseconds - timeStep)), time),
    command(
      'later',
      ['+', '='],
      () => actions.setTrial(withTime(trial, trial.milliseconds + timeStep)),
      time,
    ),
    command('inverse', ['I'], () => actions.setTrial({ ...trial, isInverted: !trial.isInverted })),
    ...axes.flatMap((axis, at) =>
      signs.map((sign, way) =>
        command(
          `turn.${axis}${way}`,
          [axisKeys[at]![way]!],
          () => actions.setTrial(turned(trial, at, sign * turnStep)),
          {
            titleKey: 'calibration.commands.turn',
            titleParams: {
              axis: t(`calibration.axis.${axis}`),
              step: `${sign < 0 ? '\u2212' : '+'}${turnStep}`,
            },
            repeats: true,
          },
        ),
      ),
    ),
    ...axes.flatMap((axis, at) =>
      signs.map((sign, way) =>
        command(
          `shift.${axis}${way}`,
          [`Shift+${axisKeys[at]![way]!}`],
          () => actions.setTrial(shifted(trial, at, sign * shiftStep)),
          {
            titleKey: 'calibration.commands.shift',
            titleParams: {
              axis: t(`calibration.axis.${axis}`),
              step: `${sign < 0 ? '\u2212' : '+'}${shiftStep}`,
            },
            repeats: true,
          },
        ),
      ),
    ),
    command('reset', ['R'], () => actions.setTrial(asDelivered)),
    command('apply', ['F'], () => actions.tryFit?.(), { isEnabled: () => actions.tryFit !== null }),
    command('copy', ['Y'], () => actions.copy()),
    command('back', ['Escape'], () => history.back()),
  ]);
}
