/** The keys of the comparison; the list has its own. */
import { commandMaker, useCommands } from '../../app/commands.ts';

export interface DiffActions {
  readonly turnLayout: () => void;
  readonly turnLaidOver: () => void;
}

export function useDiffCommands({ turnLayout, turnLaidOver }: DiffActions): void {
  const command = commandMaker('diff');
  useCommands([
    command('layout', ['V'], turnLayout),
    command('laidOver', ['O'], turnLaidOver),
    command('leave', ['Escape'], () => history.back()),
  ]);
}
