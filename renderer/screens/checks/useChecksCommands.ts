/** The keys of the checks screen. */
import { type Command, commandMaker, useCommands } from '../../app/commands.ts';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import type { Checks } from './useChecks.ts';
import type { Triage } from './useTriage.ts';

export function useChecksCommands(checks: Checks, triage: Triage, stepCheck: (by: number) => void): void {
  const engine = useEngine();
  const { chosen, filter, run } = checks;
  const command = commandMaker('checks');
  const answering = (id: string, key: string, run: () => void, rest: Partial<Command> = {}): Command =>
    command(id, [key], run, { isEnabled: () => triage.canAnswer, ...rest });
  useCommands([
    command('run', ['R'], () => checks.start(), { isEnabled: () => !run.isRunning }),
    command('stop', ['Backspace'], checks.stop, { isEnabled: () => run.isRunning }),
    command('next', ['J', 'ArrowDown'], () => checks.step(1), { repeats: true }),
    command('previous', ['K', 'ArrowUp'], () => checks.step(-1), { repeats: true }),
    answering('confirm', 'Enter', () => chosen && triage.confirm(chosen.code), {
      isEnabled: () => triage.canConfirm,
    }),
    answering('defect', 'D', () => triage.ask('defect'), { isEnabled: () => triage.canConfirm }),
    answering('dismiss', 'X', () => triage.ask('dismiss')),
    answering('normal', 'N', () => triage.ask('normal')),
    command('undo', ['Z', 'Mod+Z'], () => triage.takeBack?.(), { isEnabled: () => triage.takeBack !== null }),
    command('nextCheck', [']'], () => stepCheck(1), { repeats: true }),
    command('previousCheck', ['['], () => stepCheck(-1), { repeats: true }),
    command('answered', ['A'], () =>
      checks.setFilter({ answer: filter.answer === 'open' ? 'answered' : 'open' }),
    ),
    command('fit', ['B'], () => engine.resetViews()),
    command('overlay', ['O'], () => engine.setOverlayHidden(true), {
      release: () => engine.setOverlayHidden(false),
    }),
    command('leave', ['Escape'], () => history.back()),
  ]);
}
