/** Finds a delivery that moved: the folder chosen is taken only if its labels hash to what the audit recorded. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHost, useSession } from '../state/context.tsx';
import { FolderDialog } from '../ui/FolderDialog.tsx';
import { ProblemLine } from '../ui/ProblemLine.tsx';
import { ProgressLine } from '../ui/ProgressLine.tsx';
import { useTask } from '../ui/useTask.ts';

export function Reattach() {
  const { t } = useTranslation();
  const host = useHost();
  const audit = useSession((state) => state.audit);
  const actor = useSession((state) => state.actor);
  const openDelivery = useSession((state) => state.openDelivery);
  const adopt = useSession((state) => state.adopt);
  const [isChoosing, setChoosing] = useState(false);
  const task = useTask();
  if (audit === null) return null;

  async function attach(folder: string): Promise<void> {
    await task.run(async (options) => {
      const opened = await openDelivery(folder, audit!.delivery.sensorsPath, options);
      const answer = await host.call(
        'audits.attach',
        { audit: audit!.audit, delivery: opened.delivery, actor: actor! },
        options,
      );
      adopt(answer.events);
    });
  }

  return (
    <>
      <Button
        variant="filled"
        disabled={actor === null}
        loading={task.isRunning}
        onClick={() => setChoosing(true)}
      >
        {t('app.reattach')}
      </Button>
      {task.isRunning && <ProgressLine progress={task.progress} onCancel={task.cancel} />}
      {task.problem && <ProblemLine problem={task.problem} />}
      <FolderDialog
        isOpen={isChoosing}
        purpose="delivery"
        title={t('app.reattach')}
        onClose={() => setChoosing(false)}
        onChoose={(folder) => {
          setChoosing(false);
          void attach(folder);
        }}
      />
    </>
  );
}
