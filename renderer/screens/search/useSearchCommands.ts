/** The keys of the search screen: one list for keyboard, palette and key sheet. */
import { useTranslation } from 'react-i18next';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import { type Command, commandMaker, useCommands } from '../../app/commands.ts';
import type { Engine } from '../../viewport/engine.ts';
import type { ShownCell } from '../../viewport/shown.ts';
import { offeredClasses } from './offeredClasses.ts';
import type { SearchDesk } from './searchDesk.ts';

export interface SearchActions {
  readonly desk: SearchDesk;
  readonly engine: Engine;
  readonly area: ShownCell;
  readonly spec: QaSpec;
  readonly canJudge: boolean;
  readonly focusComment: () => void;
}

const turnStep = (15 * Math.PI) / 180;

export function useSearchCommands({ desk, engine, area, spec, canJudge, focusComment }: SearchActions): void {
  const { i18n } = useTranslation();
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  const command = commandMaker('search');
  const judging = (
    id: string,
    keys: readonly string[],
    run: () => void,
    rest: Partial<Command> = {},
  ): Command => command(id, keys, run, { isEnabled: () => canJudge, ...rest });
  const isDropping = (): boolean => canJudge && desk.store.getState().dropping !== null;
  const hasSelected = (): boolean => canJudge && desk.store.getState().selected !== null;

  /** At the cursor where it is over the view; else the next click says where. */
  async function drop(): Promise<void> {
    const { pointer } = engine;
    const place =
      pointer?.id === 'context' ? await engine.placeUnder(pointer.id, pointer.x, pointer.y)?.ground() : null;
    if (place) desk.drop(place);
    else desk.patch({ isPicking: true });
  }

  useCommands([
    judging('searched', ['Enter'], () => desk.searched()),
    judging('drop', ['M'], () => void drop()),
    ...offeredClasses(spec).map((entry, place) =>
      judging(`class${place + 1}`, [String(place + 1)], () => desk.name(entry), {
        titleKey: 'search.commands.class',
        titleParams: { title: entry.title[language] },
        isEnabled: isDropping,
      }),
    ),
    judging('otherClass', ['0'], () => desk.patch({ isNaming: true }), { isEnabled: isDropping }),
    judging('turnLeft', ['Q'], () => desk.turn(turnStep), { isEnabled: hasSelected, repeats: true }),
    judging('turnRight', ['E'], () => desk.turn(-turnStep), { isEnabled: hasSelected, repeats: true }),
    judging('remove', ['Backspace', 'Delete'], () => desk.remove(desk.store.getState().selected!), {
      isEnabled: hasSelected,
    }),
    judging('unsure', ['U'], () => desk.unsure()),
    judging('undo', ['Z', 'Mod+Z'], () => desk.undo()),
    command('comment', ['C'], focusComment),
    command('next', ['J', 'ArrowDown'], () => desk.step(1), { repeats: true }),
    command('previous', ['K', 'ArrowUp'], () => desk.step(-1), { repeats: true }),
    command('jump', ['G'], () => desk.patch({ isJumping: true })),
    command('sweep', ['Space'], () => engine.toggleGlide(area)),
    command('fit', ['B'], () => engine.lookOver(area)),
    command('cancel', ['Escape'], () => desk.patch({ dropping: null, isPicking: false, selected: null })),
    command('overlay', ['O'], () => engine.setOverlayHidden(true), {
      release: () => engine.setOverlayHidden(false),
    }),
  ]);
}
