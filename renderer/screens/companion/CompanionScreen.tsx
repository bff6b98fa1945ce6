/** A second window beside the desk: all cameras and the surroundings of the unit that is judged there. Read-only. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dock } from '../../dock/Dock.tsx';
import { DockMenu } from '../../dock/DockMenu.tsx';
import { useDock } from '../../dock/useDock.ts';
import { useDockCommands } from '../../dock/useDockCommands.ts';
import { useServices, useSession } from '../../state/context.tsx';
import { Message } from '../../ui/Message.tsx';
import { selecting } from '../../viewport/pointing.ts';
import { EngineProvider, useEngine, usePointAs } from '../../viewport/react/engineContext.tsx';
import { useViewOptions } from '../../viewport/react/useViewOptions.ts';
import { ViewportStage } from '../../viewport/react/ViewportStage.tsx';
import { deskLimits } from '../review/layouts.ts';
import { isClearPanel, isPanelId, labelPanels, panelOf } from '../review/panels.tsx';
import { useSeededIndex } from '../review/seeds/useSeeds.ts';
import { unitName } from '../review/unitName.ts';
import { DeskContext, useDesk } from '../review/useDesk.ts';
import { useFaceFindings, useSubject } from '../review/useSubject.ts';
import styles from './companion.module.css';
import { companionPresets, picturesAndSurroundings } from './layouts.ts';
import { createLookingDesk, follow } from './lookingDesk.ts';
import type { CompanionMessage, DeskPlace } from './messages.ts';
import { useFollowing } from './useFollowing.ts';

export default function CompanionScreen() {
  const { t } = useTranslation();
  const { index, name } = useSeededIndex(useSession((state) => state.index));
  const opened = useSession((state) => state.opened);
  const audit = useSession((state) => state.auditId);
  const { place, isDeskThere, post } = useFollowing(audit!);
  // The guard around the screens of an audit has seen to the rest.
  if (!index || !opened) return null;
  if (!place) {
    return (
      <Message title={t('dock.companion.waiting')}>
        <p>{t('dock.companion.waitingHint')}</p>
      </Message>
    );
  }
  return (
    <EngineProvider key={`${audit} ${opened.delivery} ${name}`} index={index} delivery={opened.delivery}>
      <CompanionDesk place={place} isDeskThere={isDeskThere} post={post} />
    </EngineProvider>
  );
}

interface CompanionDeskProps {
  readonly place: DeskPlace;
  readonly isDeskThere: boolean;
  readonly post: (message: CompanionMessage) => void;
}

function CompanionDesk({ place, isDeskThere, post }: CompanionDeskProps) {
  const { session } = useServices();
  const engine = useEngine();
  const [value] = useState(() => {
    const made = createLookingDesk(engine, session, post);
    follow(made.desk, place);
    return made;
  });
  useEffect(() => follow(value.desk, place), [value, place]);
  return (
    <DeskContext value={value}>
      <CompanionBody isDeskThere={isDeskThere} />
    </DeskContext>
  );
}

const nothing = (): void => undefined;

function CompanionBody({ isDeskThere }: { isDeskThere: boolean }) {
  const { t } = useTranslation();
  const engine = useEngine();
  const desk = useDesk();
  const subject = useSubject();
  const findings = useFaceFindings(subject);
  const options = useViewOptions('review');
  const comment = useRef<HTMLTextAreaElement>(null);
  const dock = useDock('companion', picturesAndSurroundings);
  const [menu, setMenu] = useState<string | null>(null);
  const titleOf = (id: string): string => t(`dock.panels.${id}`);
  usePointAs(selecting((row) => desk.select(row)));
  useDockCommands({ dock, presets: companionPresets, openMenu: () => setMenu('') });
  const hasLabel = subject?.label != null;
  const parts = {
    subject,
    findings,
    gap: null,
    // Room is what this window is there for: all cameras that see the label, side by side.
    options: { ...options, isMosaic: true },
    codes: [],
    onCode: nothing,
    canJudge: false,
    comment,
  };
  return (
    <div className={styles.companion} data-testid="companion" data-following={isDeskThere}>
      <header className={styles.bar}>
        <b data-testid="companion-unit">{subject && unitName(subject.unit)}</b>
        <span>{subject?.unit.frame}</span>
        {isDeskThere ? (
          <span className={styles.state}>{t('dock.companion.readOnly')}</span>
        ) : (
          <span className={styles.gone} role="status" data-testid="companion-gone">
            <b>{t('dock.companion.gone')}</b> {t('dock.companion.goneHint')}
          </span>
        )}
        <button type="button" className={styles.menu} onClick={() => setMenu('')}>
          {t('dock.menu')}
        </button>
      </header>
      <ViewportStage cursor="select" className={styles.stage}>
        <Dock
          dock={dock}
          titleOf={titleOf}
          render={(id) => (isPanelId(id) ? panelOf(id, parts) : null)}
          isAbsent={(id) => !hasLabel && isPanelId(id) && labelPanels.has(id)}
          isClear={isClearPanel}
          limits={deskLimits}
          onArranged={engine.dirtyAll}
          onMenu={setMenu}
        />
      </ViewportStage>
      <DockMenu
        opened={menu}
        onClose={() => setMenu(null)}
        dock={dock}
        presets={companionPresets}
        titleOf={titleOf}
      />
    </div>
  );
}
