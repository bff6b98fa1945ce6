/** What the targeted queue asks at the desk: why something is queued, and, on demand, the queue as a list. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../../state/context.tsx';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { trackName } from '../../../viewport/trackName.ts';
import type { Subject } from '../useSubject.ts';
import type { PickedTarget } from './pickedTarget.ts';
import { TargetSheet } from './TargetSheet.tsx';
import { useTargetCommands } from './useTargetCommands.ts';

export function TargetDialogs({ subject, canJudge }: { subject: Subject | null; canJudge: boolean }) {
  const { t } = useTranslation();
  const { session } = useServices();
  const [asked, setAsked] = useState<PickedTarget | null>(null);
  const [isListOpen, setListOpen] = useState(false);
  useTargetCommands({ subject, canJudge, ask: setAsked, openList: () => setListOpen(true) });

  function queue(reason: string): void {
    if (!asked) return;
    const data = { targets: [{ ...asked, reason }], draw: null };
    session.getState().record({ type: 'targets.queued', data });
    setAsked(null);
  }

  return (
    <>
      <ReasonDialog
        isOpen={asked !== null}
        title={t('targets.ask.title', { object: asked ? objectName(asked) : '' })}
        text={t('targets.ask.text')}
        action={t('targets.ask.action')}
        onClose={() => setAsked(null)}
        onGive={queue}
      />
      <TargetSheet isOpen={isListOpen} canJudge={canJudge} onClose={() => setListOpen(false)} />
    </>
  );
}

function objectName({ className, track, label }: PickedTarget): string {
  return [className, track === null ? label : trackName(track)].filter((part) => part !== null).join(' ');
}
