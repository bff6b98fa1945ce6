/** How the delivery is read: whose labels are judged, what is laid beside them, and whether sweeps in between are frames. */
import { Button, Checkbox, Radio } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OpenedDelivery, ReadChoice } from '../../../shared/host/contract.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { routeAddress } from '../../app/routes.ts';
import { useSession } from '../../state/context.tsx';
import { FolderDialog } from '../../ui/FolderDialog.tsx';
import { count } from '../../ui/format.ts';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import page from '../../ui/page.module.css';
import { useTask } from '../../ui/useTask.ts';
import { BesideLink } from './BesideLink.tsx';
import styles from './Intake.module.css';

export interface ReadingPartProps {
  readonly opened: OpenedDelivery;
  readonly index: DeliveryIndex;
  /** Where the submission before lies, if this is a redelivery and it is still there. */
  readonly earlier?: string | null;
}

export function ReadingPart({ opened, index, earlier = null }: ReadingPartProps) {
  const { t } = useTranslation();
  const openDelivery = useSession((state) => state.openDelivery);
  const reading = useTask();
  const [isChoosing, setChoosing] = useState(false);
  const { choice, sources } = opened;
  const change = (patch: Partial<ReadChoice>): void =>
    void reading.run((options) =>
      openDelivery(opened.path, opened.sensorsPath, { ...options, choice: { ...choice, ...patch } }),
    );
  const hasBetween = choice.between || (index.delivery.frames.at(1)?.between?.length ?? 0) > 0;
  return (
    <fieldset className={styles.reading} disabled={reading.isRunning} data-testid="reading">
      <Radio.Group
        label={t('intake.judgedLabels')}
        value={sources[0]!.name}
        onChange={(labels) => change({ labels })}
      >
        {sources
          .toSorted((a, b) => a.name.localeCompare(b.name))
          .map(({ name, kind, cuboids, boxes2d }) => (
            <Radio
              key={name}
              value={name}
              label={t(name === 'vendor' ? 'intake.vendorLabels' : 'intake.labelSource', {
                name,
                kind: t(`intake.sourceKind.${kind}`),
                cuboids: count(cuboids),
                boxes2d: count(boxes2d),
              })}
            />
          ))}
      </Radio.Group>
      <div className={page.actions}>
        <Button onClick={() => setChoosing(true)} data-testid="compare-with">
          {t('intake.compareWith')}
        </Button>
        {earlier !== null && choice.comparePath !== earlier && (
          <Button onClick={() => change({ comparePath: earlier })} data-testid="compare-earlier">
            {t('intake.compareEarlier')}
          </Button>
        )}
        {choice.comparePath === null ? (
          <span className={page.small}>{t('intake.compareHint')}</span>
        ) : (
          <>
            <code className={page.mono}>{choice.comparePath}</code>
            <Button onClick={() => change({ comparePath: null, labels: null })}>
              {t('intake.removeOrder')}
            </Button>
          </>
        )}
        {sources.length > 1 && <BesideLink screen="diff" opened={opened} title={t('diff.open')} />}
      </div>
      <div className={page.actions}>
        <Button
          component="a"
          href={routeAddress({
            screen: 'delivery-mapping',
            path: opened.path,
            sensorsPath: opened.sensorsPath,
          })}
          data-testid="to-mapping"
        >
          {t('mapping.open')}
        </Button>
        {choice.mapping !== null && (
          <Button onClick={() => change({ mapping: null, labels: null })}>{t('mapping.drop')}</Button>
        )}
      </div>
      {hasBetween && (
        <Checkbox
          label={t('intake.betweenFrames')}
          checked={choice.between}
          onChange={(event) => change({ between: event.currentTarget.checked })}
        />
      )}
      {reading.isRunning && <ProgressLine progress={reading.progress} onCancel={reading.cancel} />}
      {reading.problem && <ProblemLine problem={reading.problem} />}
      <FolderDialog
        isOpen={isChoosing}
        purpose="delivery"
        takesFiles="too"
        title={t('intake.compareWith')}
        onClose={() => setChoosing(false)}
        onChoose={(comparePath) => {
          setChoosing(false);
          change({ comparePath });
        }}
      />
    </fieldset>
  );
}
