/**
 * Finds a delivery, or its sensor data, that moved: the folder chosen is taken only if its labels hash to what the
 * audit recorded.
 */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../state/context.tsx';
import { FolderDialog } from '../ui/FolderDialog.tsx';
import { ProblemLine } from '../ui/ProblemLine.tsx';
import { ProgressLine } from '../ui/ProgressLine.tsx';
import page from '../ui/page.module.css';
import { useTask } from '../ui/useTask.ts';

export function Reattach() {
  const { t } = useTranslation();
  const audit = useSession((state) => state.audit);
  const actor = useSession((state) => state.actor);
  const attach = useSession((state) => state.attachDelivery);
  const [choosing, setChoosing] = useState<'delivery' | 'sensors' | null>(null);
  const task = useTask();
  if (audit === null) return null;
  const { path, sensorsPath } = audit.delivery;

  const take = (folder: string, sensors: string | null): void => {
    void task.run((options) => attach(folder, sensors, options));
  };

  return (
    <>
      <div className={page.actions}>
        <Button
          variant="filled"
          disabled={actor === null}
          loading={task.isRunning}
          onClick={() => setChoosing('delivery')}
        >
          {t('app.reattach')}
        </Button>
        <Button disabled={actor === null || task.isRunning} onClick={() => setChoosing('sensors')}>
          {t('intake.chooseSensors')}
        </Button>
      </div>
      {task.isRunning && <ProgressLine progress={task.progress} onCancel={task.cancel} />}
      {task.problem && <ProblemLine problem={task.problem} />}
      <FolderDialog
        isOpen={choosing !== null}
        purpose={choosing ?? 'delivery'}
        title={t(choosing === 'sensors' ? 'intake.chooseSensors' : 'app.reattach')}
        onClose={() => setChoosing(null)}
        onChoose={(folder) => {
          setChoosing(null);
          if (choosing === 'sensors') take(path, folder);
          else take(folder, sensorsPath);
        }}
      />
    </>
  );
}
