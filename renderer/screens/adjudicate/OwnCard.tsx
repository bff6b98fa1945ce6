/** A verdict of the adjudicator's own: codes by their keys, a comment, and one key to give it. */
import { Button, Textarea } from '@mantine/core';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { SpecDefect } from '../../../shared/audit/qaSpec.ts';
import type { UnitVerdict } from '../../../shared/audit/state.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useSession } from '../../state/context.tsx';
import { Mark } from '../../ui/Mark.tsx';
import { labelDefects } from '../review/verdictDrafts.ts';
import styles from './adjudicate.module.css';
import type { Bench } from './bench.ts';
import { keepFocus } from './keepFocus.ts';
import { OtherVoices } from './OtherVoices.tsx';
import { markOf } from './verdictWords.ts';

export interface OwnCardProps {
  readonly others: readonly UnitVerdict[];
  readonly bench: Bench;
  readonly comment: RefObject<HTMLTextAreaElement | null>;
}

export function OwnCard({ others, bench, comment }: OwnCardProps) {
  const { t } = useTranslation();
  const spec = useSession((state) => state.shown!.spec!.spec);
  const picked = useStore(bench.store, (state) => state.picked);
  const text = useStore(bench.store, (state) => state.comment);
  const verdict = picked.length === 0 ? 'accept' : picked[0]!.owner === 'data' ? 'sensor-limited' : 'reject';
  return (
    <section className={styles.card} aria-label={t('adjudicate.own')} data-testid="card-own">
      <header className={styles.head}>
        <h2 className={styles.person}>{t('adjudicate.own')}</h2>
        <Mark kind={markOf(verdict)}>{t(`audit.verdict.${verdict}`)}</Mark>
      </header>
      <div className={styles.said}>
        <OtherVoices others={others} />
        {(['vendor', 'data'] as const).map((owner) => (
          <fieldset key={owner} className={styles.chips}>
            <legend className={styles.small}>{t(`adjudicate.codes.${owner}`)}</legend>
            {labelDefects(spec, owner).map((defect) => (
              <CodeChip
                key={defect.code}
                defect={defect}
                isPicked={picked.some(({ code }) => code === defect.code)}
                onPick={() => bench.pick(defect)}
              />
            ))}
          </fieldset>
        ))}
        <Textarea
          ref={comment}
          size="xs"
          label={
            <>
              {t('adjudicate.comment')} <CommandKey id="adjudicate.comment" />
            </>
          }
          autosize
          minRows={2}
          maxRows={5}
          value={text}
          onChange={(event) => bench.setComment(event.currentTarget.value)}
          data-testid="ruling-comment"
        />
      </div>
      <footer className={styles.act}>
        <Button
          className={styles.grow}
          variant="filled"
          onClick={() => bench.giveOwn()}
          rightSection={<CommandKey id="adjudicate.giveOwn" />}
          data-testid="give-own"
        >
          {picked.length === 0
            ? t('adjudicate.giveAccept')
            : t('adjudicate.give', { codes: picked.map(({ code }) => code).join(', ') })}
        </Button>
        <Button onClick={() => bench.giveUnsure()} rightSection={<CommandKey id="adjudicate.unsure" />}>
          {t('adjudicate.giveUnsure')}
        </Button>
      </footer>
    </section>
  );
}

function CodeChip({
  defect,
  isPicked,
  onPick,
}: {
  defect: SpecDefect;
  isPicked: boolean;
  onPick: () => void;
}) {
  const { i18n } = useTranslation();
  const hasKey = defect.owner === 'vendor' && defect.digit !== null && defect.digit !== 0;
  return (
    <button
      type="button"
      className={styles.chip}
      aria-pressed={isPicked}
      title={defect.title[i18n.language === 'zh' ? 'zh' : 'en']}
      onMouseDown={keepFocus}
      onClick={onPick}
      data-testid={`pick-${defect.code}`}
    >
      {hasKey && <CommandKey id={`adjudicate.code${defect.digit}`} />}
      {defect.code}
    </button>
  );
}
