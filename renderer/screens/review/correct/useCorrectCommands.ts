/** The keys of correcting. They may repeat while held: nothing is recorded until a verdict is given. */
import { type Command, useCommands } from '../../../app/commands.ts';
import { useDeskState, useDeskValue } from '../useDesk.ts';

export function useCorrectCommands(canCorrect: boolean): void {
  const { desk, corrector } = useDeskValue();
  const isCorrecting = useDeskState((state) => state.tool === 'correct');
  const command = (
    id: string,
    keys: readonly string[],
    run: () => void,
    rest: Partial<Command> = {},
  ): Command => ({
    id: `review.correct.${id}`,
    room: 'review',
    titleKey: `correct.commands.${id}`,
    keys,
    run,
    isEnabled: () => canCorrect,
    ...rest,
  });
  const moving = (id: string, key: string, run: () => void): Command =>
    command(id, [key], run, { repeats: true });

  useCommands([
    command('mode', ['E'], () => desk.patch({ tool: isCorrecting ? 'select' : 'correct' })),
    command('fit', ['A'], () => void corrector.fit()),
    command('face', ['N'], corrector.nextFace),
    moving('left', 'Shift+ArrowLeft', () => corrector.nudge(-1, 0, 'coarse')),
    moving('right', 'Shift+ArrowRight', () => corrector.nudge(1, 0, 'coarse')),
    moving('forward', 'Shift+ArrowUp', () => corrector.nudge(0, 1, 'coarse')),
    moving('back', 'Shift+ArrowDown', () => corrector.nudge(0, -1, 'coarse')),
    moving('leftFine', 'Mod+Shift+ArrowLeft', () => corrector.nudge(-1, 0, 'fine')),
    moving('rightFine', 'Mod+Shift+ArrowRight', () => corrector.nudge(1, 0, 'fine')),
    moving('forwardFine', 'Mod+Shift+ArrowUp', () => corrector.nudge(0, 1, 'fine')),
    moving('backFine', 'Mod+Shift+ArrowDown', () => corrector.nudge(0, -1, 'fine')),
    moving('raise', 'Shift+PageUp', () => corrector.raise(1, 'coarse')),
    moving('lower', 'Shift+PageDown', () => corrector.raise(-1, 'coarse')),
    moving('turnLeft', 'Q', () => corrector.turn(1, 'coarse')),
    moving('turnRight', 'W', () => corrector.turn(-1, 'coarse')),
    moving('turnLeftFine', 'Alt+Q', () => corrector.turn(1, 'fine')),
    moving('turnRightFine', 'Alt+W', () => corrector.turn(-1, 'fine')),
    command('turnRound', [], corrector.turnRound),
    command('remove', ['Backspace'], corrector.remove),
  ]);
}
