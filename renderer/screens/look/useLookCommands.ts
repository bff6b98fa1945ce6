/** The keys of looking through a delivery. */
import { type Command, useCommands } from '../../app/commands.ts';
import { useEngine } from '../../viewport/react/engineContext.tsx';

export function useLookCommands(frame: number, goTo: (frame: number) => void): void {
  const engine = useEngine();
  const { frames, scenes } = engine.index.delivery;
  const command = (
    id: string,
    keys: readonly string[],
    run: () => void,
    rest: Partial<Command> = {},
  ): Command => ({ id: `look.${id}`, room: 'look', titleKey: `look.commands.${id}`, keys, run, ...rest });
  const scene = frames.at(frame)!.scene;
  const toScene = (at: number): void => {
    const wanted = scenes[at];
    if (wanted) goTo(wanted.frameStart);
  };
  useCommands([
    command('frameBack', ['[', 'ArrowLeft'], () => goTo(frame - 1), { repeats: true }),
    command('frameOn', [']', 'ArrowRight'], () => goTo(frame + 1), { repeats: true }),
    command('first', ['Home'], () => goTo(0)),
    command('last', ['End'], () => goTo(frames.length - 1)),
    command('sceneBack', ['PageUp'], () => toScene(scene - 1)),
    command('sceneOn', ['PageDown'], () => toScene(scene + 1)),
    command('fit', ['B'], () => engine.resetViews()),
    command('overlay', ['O'], () => engine.setOverlayHidden(true), {
      release: () => engine.setOverlayHidden(false),
    }),
    command('leave', ['Escape'], () => history.back()),
  ]);
}
