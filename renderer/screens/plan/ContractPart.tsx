/** From the contract's words to a plan: a share that must be right, a risk, and what the vendor is sure of. */
import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RulePlace, ruleOfRequest, withRule } from '../../../shared/audit/planChoice.ts';
import type { LotPreview } from '../../../shared/host/contract.ts';
import { planParameters } from '../../../shared/report/planWords.ts';
import {
  badShare,
  type ContractOffer,
  type ContractWords,
  contractOffers,
  lotPromise,
} from '../../../shared/sampling/contractWords.ts';
import { defectivesAtRate } from '../../../shared/sampling/operatingCharacteristic.ts';
import { planAt } from '../../../shared/sampling/planPoint.ts';
import { count } from '../../ui/format.ts';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import page from '../../ui/page.module.css';
import { usePercent } from '../../ui/usePercent.ts';
import styles from './Plan.module.css';
import type { PlanRow } from './planRows.ts';
import { ShareSlider } from './rule/ShareSlider.tsx';
import { rightSteps, riskSteps } from './rule/steps.ts';
import type { Design } from './useDesign.ts';

const firstWords: ContractWords = { shareRight: 0.97, clientRisk: 0.1, vendor: null };

const firstVendor = { shareRight: 0.995, risk: 0.05 } as const;

export interface ContractPartProps {
  readonly design: Design;
  readonly lot: LotPreview;
  readonly rows: readonly PlanRow[];
  /** The row whose curve is shown: what was taken is shown there. */
  readonly onShow: (row: number) => void;
  readonly isDisabled: boolean;
  /** Open at once where the lot stands by itself. */
  readonly isOpen: boolean;
}

export function ContractPart(props: ContractPartProps) {
  const { t } = useTranslation();
  return (
    <details className={styles.contract} open={props.isOpen || undefined} data-testid="contract">
      <summary>
        <b>{t('designer.contract')}</b> <span className={page.dim}>{t('designer.contractHint')}</span>
      </summary>
      <ContractFields {...props} />
    </details>
  );
}

function ContractFields({ design, lot, rows, onShow, isDisabled }: ContractPartProps) {
  const { t } = useTranslation();
  const [words, setWords] = useState(firstWords);
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      rows.findIndex(({ severity }) => severity === 'major'),
    ),
  );
  const row = rows[at] ?? rows[0];
  if (row === undefined) return null;
  const lotSize = row.sample === 'labels' ? lot.lotSize : lot.cells;
  const set = (change: Partial<ContractWords>): void => setWords({ ...words, ...change });
  const share = { isDisabled, onRelease: () => undefined };
  return (
    <div className={styles.contractFields}>
      <ShareSlider
        {...share}
        label={t('designer.shareRight')}
        steps={rightSteps}
        value={words.shareRight}
        onMove={(shareRight) => set({ shareRight })}
      />
      <ShareSlider
        {...share}
        label={t('designer.clientRisk')}
        steps={riskSteps}
        value={words.clientRisk}
        onMove={(clientRisk) => set({ clientRisk })}
      />
      <Checkbox
        label={t('designer.hasVendor')}
        disabled={isDisabled}
        checked={words.vendor !== null}
        onChange={({ currentTarget }) => set({ vendor: currentTarget.checked ? firstVendor : null })}
      />
      {words.vendor && (
        <>
          <ShareSlider
            {...share}
            label={t('designer.vendorShare')}
            steps={rightSteps}
            value={words.vendor.shareRight}
            onMove={(shareRight) => set({ vendor: { ...words.vendor!, shareRight } })}
          />
          <ShareSlider
            {...share}
            label={t('designer.vendorRisk')}
            steps={riskSteps}
            value={words.vendor.risk}
            onMove={(risk) => set({ vendor: { ...words.vendor!, risk } })}
          />
        </>
      )}
      <NativeSelect
        label={t('designer.contractFor')}
        disabled={isDisabled}
        value={String(at)}
        onChange={({ currentTarget }) => setAt(Number(currentTarget.value))}
        data={rows.map(({ sample, severity }, index) => ({
          value: String(index),
          label: t('designer.rowName', {
            sample: t(`audit.sample.${sample}`),
            severity: t(`audit.severity.${severity}`),
          }),
        }))}
      />
      <Offers
        words={words}
        lotSize={lotSize}
        isDisabled={isDisabled}
        inForce={row.plan.ok ? inForceKey(row.plan.value.scheme, row.plan.value) : ''}
        onTake={(offer) => {
          const place: RulePlace = row;
          design.choose(withRule(design.spec, place, ruleOfRequest(row.severity, offer.request)));
          onShow(at);
        }}
      />
    </div>
  );
}

/** Two plans of one scheme that decide alike are one plan to the person who chooses. */
function inForceKey(
  scheme: string,
  plan: { readonly sampleSize: number; readonly acceptanceNumber: number },
): string {
  return `${scheme} ${plan.sampleSize} ${plan.acceptanceNumber}`;
}

function Offers(props: {
  words: ContractWords;
  lotSize: number;
  isDisabled: boolean;
  inForce: string;
  onTake: (offer: ContractOffer) => void;
}) {
  const { t } = useTranslation();
  const percent = usePercent();
  const { lotSize } = props;
  // The slider goes on moving while a large lot is searched for a plan.
  const words = useDeferredValue(props.words);
  const answer = useMemo(() => {
    const isCrossed = words.vendor !== null && words.vendor.shareRight <= words.shareRight;
    return isCrossed || lotSize < 1 ? null : contractOffers(words, lotSize);
  }, [words, lotSize]);
  if (answer === null) return <p className={styles.note}>{t('designer.pointsCrossed')}</p>;
  return (
    <div className={styles.offers} data-testid="contract-offers">
      {answer.reason && (
        <>
          <p className={page.plain}>{t('designer.noIsolated')}</p>
          <ProblemLine problem={answer.reason} />
        </>
      )}
      {answer.offers.map((offer) => (
        <div className={styles.offer} key={offer.kind} data-testid={`offer-${offer.kind}`}>
          <div className={styles.offerText}>
            <b>{t(`designer.offer.${offer.kind}`)}</b>
            <p className={page.plain}>
              {t(`designer.offerNumbers.${offer.plan.sequential ? 'sequential' : 'single'}`, {
                n: count(offer.plan.sampleSize),
                ac: offer.plan.acceptanceNumber,
              })}
              <span className={page.dim}> · {planParameters(offer.plan, t, percent)}</span>
            </p>
            <p className={styles.note}>
              <OfferWords offer={offer} words={words} />
            </p>
          </div>
          {inForceKey(offer.plan.scheme, offer.plan) === props.inForce ? (
            <span className={page.dim}>{t('designer.taken')}</span>
          ) : (
            <Button disabled={props.isDisabled} onClick={() => props.onTake(offer)}>
              {t('designer.take')}
            </Button>
          )}
        </div>
      ))}
      {!answer.offers.some(({ kind }) => kind === 'series') && (
        <p className={styles.note}>{t('designer.noSeries')}</p>
      )}
    </div>
  );
}

/** What an offer does to this lot, as a person would ask. */
function OfferWords({ offer, words }: { offer: ContractOffer; words: ContractWords }) {
  const { t } = useTranslation();
  const percent = usePercent();
  const { plan, kind } = offer;
  const lot = plan.lotSize;
  const times = (chance: number): number => Number((100 * chance).toPrecision(2));
  const rate = badShare(words.shareRight);
  const promise = lotPromise(plan, words);
  const sentences = [
    t('designer.offerPasses', {
      bad: count(defectivesAtRate(lot, rate)),
      lot: count(lot),
      rate: percent(rate),
      times: times(promise.badPasses),
    }),
    words.vendor === null
      ? t('designer.offerSafe', { lot: count(lot), bad: count(Math.max(0, promise.safeDefectives)) })
      : t('designer.offerTurnsAway', {
          share: percent(words.vendor.shareRight),
          times: times(promise.goodTurnedAway ?? 0),
        }),
    kind === 'series' ? t('designer.offerSeries') : '',
    kind === 'sequential' && words.vendor
      ? t('designer.offerMean', {
          share: percent(words.vendor.shareRight),
          good: Math.ceil(planAt(plan, badShare(words.vendor.shareRight)).asn),
          bad: Math.ceil(planAt(plan, rate).asn),
        })
      : '',
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
