/** Opens how auditors do: all of them for who leads, oneself for everybody else, and then only of a signed lot. */
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLeading } from '../../../../shared/audit/disagreement.ts';
import { visibleSeedVerdicts } from '../../../../shared/audit/seedsShown.ts';
import { useSession } from '../../../state/context.tsx';
import { AuditorResults } from './AuditorResults.tsx';

export function AuditorsButton() {
  const { t } = useTranslation();
  const audit = useSession((state) => state.shown!);
  const actor = useSession((state) => state.actor);
  const [isOpen, setOpen] = useState(false);
  const leads = actor !== null && isLeading(actor);
  const hasRepeats = audit.repeats.some(({ by }) => leads || by.profile === actor?.profile);
  const isSomething = visibleSeedVerdicts(audit, actor).length > 0 || hasRepeats;
  if (!isSomething || (!leads && audit.phase !== 'signed')) return null;
  const title = t(leads ? 'seeds.open' : 'seeds.openOwn');
  return (
    <>
      <div>
        <Button variant="default" onClick={() => setOpen(true)} data-testid="auditors">
          {title}
        </Button>
      </div>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={title}
        size={760}
        closeButtonProps={{ 'aria-label': t('app.close') }}
        lockScroll={false}
        transitionProps={{ duration: 0 }}
      >
        {isOpen && actor && <AuditorResults audit={audit} actor={actor} />}
      </Modal>
    </>
  );
}
