/**
 * Stands between a break and the next unit: what changed meanwhile, and that some units come up once more. Repeats
 * say how steadily a person judges, so that person cannot skip them; who leads may put them off, and they stay due.
 */
import { Button, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { breakMs } from '../../../../shared/audit/breaks.ts';
import { progressOf } from '../../../../shared/audit/course.ts';
import { useServices, useSession } from '../../../state/context.tsx';
import { dateTime } from '../../../ui/format.ts';
import { Key } from '../../../ui/Key.tsx';
import { useDesk } from '../useDesk.ts';
import { type BreakFacts, breakFacts } from './breakFacts.ts';
import styles from './pace.module.css';

export function BreakSheet({ canJudge }: { canJudge: boolean }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const role = useSession((state) => state.actor?.role ?? null);
  const [facts, setFacts] = useBreak(canJudge);
  const mayPutOff = role === 'lead' || role === 'manager';
  const goOn = (): void => {
    if (facts && facts.repeats.length > 0) desk.beginWarmUp(facts.repeats, Math.random);
    setFacts(null);
  };
  return (
    <Modal
      opened={facts !== null}
      onClose={goOn}
      title={t('pace.afterBreak')}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      lockScroll={false}
      transitionProps={{ duration: 0 }}
    >
      {facts && (
        <div className={styles.break} data-testid="break">
          <WhatChanged facts={facts} />
          {facts.repeats.length > 0 && <p>{t('pace.repeatsAhead', { count: facts.repeats.length })}</p>}
          <div className={styles.actions}>
            {facts.repeats.length > 0 && mayPutOff && (
              <Button variant="default" onClick={() => setFacts(null)} title={t('pace.laterHint')}>
                {t('pace.later')}
              </Button>
            )}
            <Button
              data-autofocus
              onClick={goOn}
              data-testid="break-go-on"
              rightSection={<Key name="Enter" />}
            >
              {t('pace.goOn')}
            </Button>
          </div>
          {facts.repeats.length > 0 && mayPutOff && <small>{t('pace.laterHint')}</small>}
        </div>
      )}
    </Modal>
  );
}

function WhatChanged({ facts: { changed } }: { facts: BreakFacts }) {
  const { t } = useTranslation();
  if (!changed.isAnything) return <p>{t('pace.nothingChanged')}</p>;
  const { milestones, others, hersJudged, last } = changed;
  return (
    <>
      <p>{t('pace.since', { at: dateTime(last!.at) })}</p>
      <ul className={styles.news}>
        {milestones.map(({ type, by, seq }) => (
          <li key={seq}>{t(`pace.changed.${type}`, { name: by.name })}</li>
        ))}
        {others.map(({ by, units, cells }) => (
          <li key={by.profile}>
            {units > 0 && t('pace.othersUnits', { name: by.name, count: units })}{' '}
            {cells > 0 && t('pace.othersCells', { name: by.name, count: cells })}
          </li>
        ))}
        {hersJudged.length > 0 && <li>{t('pace.hersJudged', { count: hersJudged.length })}</li>}
      </ul>
    </>
  );
}

/** Asks when the desk is opened, and at the first sign of life after a break in front of an open desk. */
function useBreak(canJudge: boolean): readonly [BreakFacts | null, (facts: BreakFacts | null) => void] {
  const { session } = useServices();
  const desk = useDesk();
  const profile = useSession((state) => state.actor?.profile ?? null);
  const [facts, setFacts] = useState<BreakFacts | null>(null);
  useEffect(() => {
    if (!canJudge || profile === null) return;
    const check = (): boolean => {
      const { judged, asked } = progressOf(desk.audit(), 'labels');
      const found = breakFacts(session.getState().shown!, profile, new Date().toISOString(), asked - judged);
      if (found && desk.store.getState().warmUp === null) setFacts(found);
      return found !== null;
    };
    check();
    let lastSign = Date.now();
    const onLife = (event: Event): void => {
      const now = Date.now();
      const wasAway = now - lastSign > breakMs;
      lastSign = now;
      // The key that wakes the screen must not judge what is on it.
      if (wasAway && check() && event.type === 'keydown') {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    const controller = new AbortController();
    for (const kind of ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const) {
      addEventListener(kind, onLife, { capture: true, signal: controller.signal });
    }
    return () => controller.abort();
  }, [canJudge, profile, session, desk]);
  return [facts, setFacts];
}
