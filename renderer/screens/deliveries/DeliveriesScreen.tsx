/** Every delivery this machine knows, and what is waiting for whom. The way in to everything else. */
import { Button } from '@mantine/core';
import { FolderOpen } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditSummary, RecentDelivery } from '../../../shared/host/contract.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useCommands } from '../../app/commands.ts';
import { navigate, routeAddress, useRoute } from '../../app/routes.ts';
import { useHost, useSession } from '../../state/context.tsx';
import { TourOffer } from '../../tour/TourOffer.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { FolderDialog } from '../../ui/FolderDialog.tsx';
import { localDate } from '../../ui/format.ts';
import { Key } from '../../ui/Key.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import page from '../../ui/page.module.css';
import { type Task, useTask } from '../../ui/useTask.ts';
import styles from './Deliveries.module.css';
import { type DeliveryRow, deliveryRows } from './deliveryRows.ts';
import { useDeliveryColumns } from './useDeliveryColumns.tsx';

interface Known {
  readonly audits: readonly AuditSummary[];
  readonly recent: readonly RecentDelivery[];
}

export default function DeliveriesScreen() {
  const { t } = useTranslation();
  const host = useHost();
  const [known, setKnown] = useState<Known | null>(null);
  const { run: runListing, problem } = useTask();
  const load = useCallback(async () => {
    const answers = await runListing(() =>
      Promise.all([host.call('audits.list', {}), host.call('deliveries.recent', {})]),
    );
    if (answers) setKnown({ audits: answers[0].audits, recent: answers[1].deliveries });
  }, [host, runListing]);
  useEffect(() => void load(), [load]);

  const opening = useOpening();
  const forget = useTask();
  const rows = known ? deliveryRows(known.audits, known.recent, localDate(new Date())) : [];
  const columns = useDeliveryColumns();
  const [current, setCurrent] = useState<DeliveryRow | null>(null);
  const selected = rows.find((row) => row.key === (current ?? rows[0])?.key) ?? null;
  const canForget = selected !== null && selected.audit === null;
  const forgetSelected = (): void => {
    if (!canForget) return;
    void forget.run(async () => {
      await host.call('deliveries.forget', { path: selected.path });
      await load();
    });
  };
  useCommands([
    {
      id: 'deliveries.forget',
      room: 'deliveries',
      titleKey: 'deliveries.forget',
      keys: ['Delete'],
      run: forgetSelected,
      isEnabled: () => canForget,
    },
  ]);

  return (
    <section className={styles.screen}>
      {rows.length > 0 && (
        <div className={styles.bar}>
          <h1 className={page.title}>{t('app.screens.deliveries')}</h1>
          <OpenButtons opening={opening} isPrimary={false} />
        </div>
      )}
      {known?.audits.length === 0 && <TourOffer />}
      {opening.task.isRunning && (
        <div className={styles.line}>
          <ProgressLine progress={opening.task.progress} onCancel={opening.task.cancel} />
        </div>
      )}
      {[problem, opening.task.problem, forget.problem].map(
        (entry) => entry && <ProblemLine key={entry.code} problem={entry} />,
      )}
      {known !== null && rows.length === 0 && <Nothing opening={opening} />}
      {rows.length > 0 && (
        <DataTable
          label={t('app.screens.deliveries')}
          rows={rows}
          columns={columns}
          rowKey={(row) => row.key}
          onOpen={(row) => navigate(row.address)}
          onCurrent={setCurrent}
          initialSorting={{ column: 'age', isDescending: false }}
          isFocusedAtStart
          testId="deliveries-table"
        />
      )}
      {rows.length > 0 && (
        <footer className={styles.foot}>
          <Key name="Enter" /> {t('deliveries.openRow')} · <CommandKey id="deliveries.forget" />{' '}
          {t('deliveries.forget')}
        </footer>
      )}
      <FolderDialog
        isOpen={opening.isChoosing}
        purpose="delivery"
        title={t('deliveries.open')}
        onClose={() => opening.choose(false)}
        onChoose={(path) => {
          opening.choose(false);
          navigate(routeAddress({ screen: 'delivery-intake', path, sensorsPath: null }));
        }}
      />
    </section>
  );
}

interface Opening {
  readonly task: Task;
  readonly isChoosing: boolean;
  choose(isChoosing: boolean): void;
  openSample(): void;
}

/** The two ways in; the address may ask for one of them (`?do=open`), so that a menu can from any screen. */
function useOpening(): Opening {
  const host = useHost();
  const task = useTask();
  const { run } = task;
  const [isChoosing, choose] = useState(false);
  const openSample = useCallback(() => {
    void run(async (options) => {
      const { path } = await host.call('deliveries.sample', {}, options);
      navigate(routeAddress({ screen: 'delivery-intake', path, sensorsPath: null }));
    });
  }, [host, run]);
  const route = useRoute();
  const asked = route?.screen === 'deliveries' ? route.asksFor : null;
  useEffect(() => {
    if (asked === null) return;
    history.replaceState(null, '', '#/deliveries');
    dispatchEvent(new HashChangeEvent('hashchange'));
    if (asked === 'open') choose(true);
    else openSample();
  }, [asked, openSample]);
  useDropRefusal();
  return { task, isChoosing, choose, openSample };
}

/** A browser does not tell where a dropped folder lies; the desktop's preload takes the drop before this does. */
function useDropRefusal(): void {
  const notify = useSession((state) => state.notify);
  useEffect(() => {
    if (window.assayPush) return;
    const over = (event: DragEvent): void => event.preventDefault();
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      notify('deliveries.dropInBrowser');
    };
    addEventListener('dragover', over);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('drop', drop);
    };
  }, [notify]);
}

function OpenButtons({ opening, isPrimary }: { opening: Opening; isPrimary: boolean }) {
  const { t } = useTranslation();
  return (
    <div className={page.actions}>
      <Button
        variant={isPrimary ? 'filled' : 'default'}
        loading={opening.task.isRunning}
        onClick={opening.openSample}
        data-testid="open-sample"
      >
        {t('deliveries.openSample')}
      </Button>
      <Button
        variant={isPrimary ? 'default' : 'filled'}
        leftSection={<FolderOpen size={16} />}
        rightSection={<CommandKey id="deliveries.open" />}
        onClick={() => opening.choose(true)}
        data-testid="open-delivery"
      >
        {t('deliveries.open')}
      </Button>
    </div>
  );
}

function Nothing({ opening }: { opening: Opening }) {
  const { t } = useTranslation();
  return (
    <div className={styles.nothing}>
      <h1 className={styles.nothingTitle}>{t('deliveries.nothingTitle')}</h1>
      <p className={styles.nothingText}>{t('deliveries.nothingText')}</p>
      <OpenButtons opening={opening} isPrimary />
    </div>
  );
}
