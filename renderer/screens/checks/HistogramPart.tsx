/** The chosen check's measured quantity with its limits, and what setting them anew would change. */
import { Button, NativeSelect } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Check, LimitPair } from '../../../shared/checks/contract.ts';
import { limitsInForce } from '../../../shared/checks/settings.ts';
import { checkTitle, shownQuantity } from '../../../shared/report/checkWords.ts';
import { count } from '../../ui/format.ts';
import page from '../../ui/page.module.css';
import { keepFocus } from '../adjudicate/keepFocus.ts';
import styles from './checks.module.css';
import { keyName, limitsText } from './checkText.ts';
import { checkOf } from './findingPlace.ts';
import { LimitHistogram } from './LimitHistogram.tsx';
import { beyondCount, isSamePair, totalOf } from './limitMath.ts';
import { withLimits } from './teaching.ts';
import type { Checks } from './useChecks.ts';

export function HistogramPart({ checks }: { checks: Checks }) {
  const { t } = useTranslation();
  const { chosen, filter, run } = checks;
  const id = filter.check ?? chosen?.check ?? null;
  const check = id === null ? null : checkOf(id);
  const histograms = run.finished?.results.histograms;
  if (!check || !histograms) return null;
  const keys = Object.keys(histograms)
    .filter((name) => name.startsWith(`${check.id} `))
    .map((name) => name.slice(check.id.length + 1));
  return keys.length === 0 ? (
    <p className={styles.quiet}>{t('checks.histogram.empty')}</p>
  ) : (
    <KeyedHistogram key={check.id} {...{ checks, check, keys }} />
  );
}

interface KeyedProps {
  readonly checks: Checks;
  readonly check: Check;
  readonly keys: readonly string[];
}

function KeyedHistogram({ checks, check, keys }: KeyedProps) {
  const { t } = useTranslation();
  const { chosen, run, settings } = checks;
  const ofChosen = chosen?.check === check.id ? chosen.limitKey : null;
  const [picked, setPicked] = useState<string | null>(null);
  const wanted = picked ?? ofChosen;
  const key = wanted !== null && keys.includes(wanted) ? wanted : keys[0]!;
  const histogram = run.finished!.results.histograms[`${check.id} ${key}`]!;
  const inForce = limitsInForce(check, settings, key);
  const [draft, setDraft] = useState<LimitPair>(inForce);
  // Another key, or limits that were set elsewhere: what is dragged begins there.
  useEffect(() => {
    setDraft({ soft: inForce.soft, hard: inForce.hard });
  }, [inForce.soft, inForce.hard]);
  const shipped = check.limits[key] ?? check.limits.all ?? null;
  const { wrong } = check.quantity;
  const isMoved = !isSamePair(draft, inForce);
  const hasLimits = inForce.soft !== null || inForce.hard !== null;
  const mayChange = checks.canAnswer || checks.audit === null;

  function set(pair: LimitPair | null): void {
    const next = withLimits(settings, check.id, key, pair);
    const limits = limitsText(pair ?? shipped ?? inForce, check, t);
    const reason = t('checks.teach.reason', {
      check: checkTitle(check.id, t),
      key: keyName(check, key, t),
      limits,
    });
    checks.setSettings(next, reason);
    checks.start(next);
  }

  return (
    <section
      className={styles.histogram}
      aria-label={t('checks.histogram.title', {
        check: checkTitle(check.id, t),
        key: keyName(check, key, t),
      })}
    >
      <header className={styles.histogramHead}>
        <b className={styles.histogramTitle}>{checkTitle(check.id, t)}</b>
        {keys.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label={t('checks.histogram.chooseKey')}
            value={key}
            onChange={(event) => setPicked(event.currentTarget.value)}
            data={keys.map((one) => ({ value: one, label: keyName(check, one, t) }))}
            data-testid="histogram-key"
          />
        )}
        <span className={styles.beyond} role="status" data-testid="beyond-counts">
          {hasLimits
            ? t('checks.histogram.beyond', {
                soft: count(beyondCount(histogram, draft.soft, wrong)),
                hard: count(beyondCount(histogram, draft.hard, wrong)),
                all: count(totalOf(histogram)),
              })
            : t('checks.histogram.byObject')}
        </span>
      </header>
      <LimitHistogram
        check={check}
        histogram={histogram}
        limits={draft}
        onLimits={mayChange ? setDraft : null}
        label={t('checks.histogram.title', { check: checkTitle(check.id, t), key: keyName(check, key, t) })}
        marked={chosen?.check === check.id && chosen.limitKey === key ? chosen.value : null}
      />
      <footer className={styles.histogramFoot}>
        {isMoved ? (
          <>
            <Button
              size="compact-sm"
              variant="filled"
              onMouseDown={keepFocus}
              onClick={() => set(draft)}
              data-testid="apply-limits"
            >
              {t('checks.histogram.apply')}
            </Button>
            <Button size="compact-sm" onClick={() => setDraft(inForce)}>
              {t('checks.histogram.reset')}
            </Button>
          </>
        ) : (
          <small className={page.small}>
            {t('checks.histogram.scale')}
            {mayChange && hasLimits && ` · ${t('checks.histogram.drag')}`}
          </small>
        )}
        {settings.limits[check.id]?.[key] && mayChange && !isMoved && shipped && (
          <Button size="compact-sm" onClick={() => set(null)} title={limitsText(shipped, check, t)}>
            {t('checks.histogram.shipped')} (
            {shownQuantity(shipped.hard ?? shipped.soft ?? 0, check.quantity.unit)})
          </Button>
        )}
      </footer>
    </section>
  );
}
