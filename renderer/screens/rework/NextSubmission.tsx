/** A redelivery is the next submission: its folder is chosen here, and its intake knows what it resubmits. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditState } from '../../../shared/audit/state.ts';
import { navigate, routeAddress } from '../../app/routes.ts';
import { FolderDialog } from '../../ui/FolderDialog.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';

export function NextSubmission({ audit }: { audit: AuditState }) {
  const { t } = useTranslation();
  const [isChoosing, setChoosing] = useState(false);
  return (
    <Section title={t('rework.next')}>
      <p className={page.plain}>{t('rework.nextText', { number: audit.intake.submission + 1 })}</p>
      <div className={page.actions}>
        <Button onClick={() => setChoosing(true)} data-testid="next-submission">
          {t('rework.openRedelivery')}
        </Button>
      </div>
      <FolderDialog
        isOpen={isChoosing}
        purpose="delivery"
        title={t('rework.openRedelivery')}
        onClose={() => setChoosing(false)}
        onChoose={(path) => {
          setChoosing(false);
          const { sensorsPath } = audit.delivery;
          navigate(routeAddress({ screen: 'delivery-intake', path, sensorsPath, resubmits: audit.audit }));
        }}
      />
    </Section>
  );
}
