/** The keys of the adjudication screen. */
import { useTranslation } from 'react-i18next';
import { type Command, commandMaker, useCommands } from '../../app/commands.ts';
import { useSession } from '../../state/context.tsx';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import { labelDefects } from '../review/verdictDrafts.ts';
import type { Bench } from './bench.ts';
import type { Case } from './cases.ts';

export function useAdjudicateCommands(
  bench: Bench,
  found: Case | null,
  maySettle: boolean,
  focusComment: () => void,
): void {
  const { i18n } = useTranslation();
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  const engine = useEngine();
  const spec = useSession((state) => state.shown!.spec!.spec);
  const isOpen = found !== null && found.ruling === null;
  const command = commandMaker('adjudicate');
  const settling = (
    id: string,
    keys: readonly string[],
    run: () => void,
    rest: Partial<Command> = {},
  ): Command => command(id, keys, run, { isEnabled: () => isOpen && maySettle, ...rest });
  useCommands([
    settling('takeLeft', ['ArrowLeft'], () => bench.take('left')),
    settling('takeRight', ['ArrowRight'], () => bench.take('right')),
    settling('giveOwn', ['Enter'], () => bench.giveOwn()),
    settling('unsure', ['U'], () => bench.giveUnsure()),
    ...labelDefects(spec, 'vendor').flatMap((defect) =>
      defect.digit === null || defect.digit === 0
        ? []
        : settling(`code${defect.digit}`, [String(defect.digit)], () => bench.pick(defect), {
            titleKey: 'review.commands.code',
            titleParams: { title: defect.title[language] },
          }),
    ),
    command('undo', ['Z', 'Mod+Z'], () => bench.undo()),
    command('comment', ['C'], focusComment),
    command('next', ['J', 'ArrowDown'], () => bench.step(1), { repeats: true }),
    command('previous', ['K', 'ArrowUp'], () => bench.step(-1), { repeats: true }),
    command('fit', ['B'], () => engine.resetViews()),
    command('overlay', ['O'], () => engine.setOverlayHidden(true), {
      release: () => engine.setOverlayHidden(false),
    }),
    command('leave', ['Escape'], () => history.back()),
  ]);
}
