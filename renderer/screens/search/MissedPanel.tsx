/** Side of the search desk: where the cell is, what was found missing, and the verdict on the cell. */
import { Check, Trash2 } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { isInCell } from '../../../shared/audit/cells.ts';
import { progressOf, requestOf } from '../../../shared/audit/course.ts';
import type { MissedObject } from '../../../shared/audit/events.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { auditAddress } from '../../app/routes.ts';
import { useSession } from '../../state/context.tsx';
import { askedUnits, cellsOf } from '../review/course/askedUnits.ts';
import { hasStopped, RequestLine } from '../review/course/RequestLine.tsx';
import { useReturnToDecision } from '../review/course/useReturnToDecision.ts';
import side from '../review/side.module.css';
import verdict from '../review/verdict.module.css';
import { cellName } from './cellName.ts';
import { offeredClasses } from './offeredClasses.ts';
import styles from './search.module.css';
import type { SearchDesk } from './searchDesk.ts';

export interface MissedPanelProps {
  readonly desk: SearchDesk;
  readonly missed: readonly MissedObject[];
  readonly canJudge: boolean;
  readonly comment: RefObject<HTMLTextAreaElement | null>;
  readonly labelled: ReactNode;
}

export function MissedPanel({ desk, missed, canJudge, comment, labelled }: MissedPanelProps) {
  const { t } = useTranslation();
  const audit = useSession((facts) => facts.shown!);
  const at = useStore(desk.store, (state) => state.at);
  const dropping = useStore(desk.store, (state) => state.dropping);
  const text = useStore(desk.store, (state) => state.comments.get(desk.cells[state.at]!.id));
  const spec = audit.spec!.spec;
  const cell = desk.cells[at]!;
  const given = audit.cellVerdicts.get(cell.id);
  const request = requestOf(audit, 'cells');
  const sample = cellsOf(audit);
  const asked = askedUnits(desk.cells, sample);
  const isAtMost = sample.isAsDrawn && !hasStopped(request);
  useReturnToDecision(request, at >= asked && !given, () => desk.goTo(asked - 1));
  const isDone = request === null && desk.cells.every(({ id }) => audit.cellVerdicts.has(id));
  const placeWords =
    at >= asked
      ? t('sequential.placeBeyond', { at: at + 1, total: asked })
      : t(isAtMost ? 'sequential.ofAtMost' : 'review.ofSample', { at: at + 1, total: asked });
  const toDisposition = (
    <a className={side.link} href={auditAddress(audit.audit, 'disposition')}>
      {t('review.goToDisposition')} <CommandKey id="app.disposition" />
    </a>
  );
  return (
    <aside className={side.side}>
      <div className={side.scroll}>
        <section className={side.section} data-testid="facts">
          <h2 className={side.unit}>{cellName(cell, spec, t)}</h2>
          <dl className={side.facts}>
            <div data-wide>
              <dt>{t('review.fact.frame')}</dt>
              <dd title={cell.frame}>{cell.frame}</dd>
            </div>
          </dl>
          <p className={side.hint}>{labelled}</p>
        </section>
        {dropping ? (
          <ClassChoice desk={desk} />
        ) : (
          <MissedList desk={desk} missed={missed} canJudge={canJudge} />
        )}
        <section className={side.section}>
          <label className={side.heading} htmlFor="search-comment">
            {t('review.comment')}
          </label>
          <textarea
            id="search-comment"
            ref={comment}
            className={side.comment}
            rows={2}
            value={text ?? given?.comment ?? ''}
            disabled={!canJudge}
            onChange={(event) => desk.setComment(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && !event.nativeEvent.isComposing) event.currentTarget.blur();
            }}
          />
        </section>
        {isDone && (
          <section className={side.done} data-testid="all-searched">
            <b>{t('search.allSearched')}</b>
            {toDisposition}
          </section>
        )}
      </div>
      {request !== null && (
        <RequestLine
          audit={audit}
          sample="cells"
          request={request}
          progress={progressOf(audit, 'cells')}
          isBeyond={at >= asked}
        >
          {toDisposition}
        </RequestLine>
      )}
      <div className={verdict.bar}>
        <div className={verdict.state} role="status" data-testid="unit-state">
          <span
            className={verdict.mark}
            data-mark={given?.verdict === 'searched' ? 'accept' : given?.verdict}
          >
            {t(`search.verdict.${given?.verdict ?? 'open'}`)}
          </span>
          <span className={verdict.place}>{placeWords}</span>
        </div>
        {!cell.isInspectable && <p className={verdict.hint}>{t('review.uninspectableHint')}</p>}
        {!canJudge && <p className={verdict.hint}>{t('review.readOnlyHint')}</p>}
        <div className={verdict.buttons}>
          <button
            type="button"
            className={verdict.button}
            data-tone="accept"
            disabled={!canJudge || dropping !== null}
            onClick={() => desk.searched()}
            data-testid="searched"
          >
            <Check size={16} aria-hidden="true" />
            {missed.length > 0 ? t('search.searchedWith', { count: missed.length }) : t('search.searched')}{' '}
            <CommandKey id="search.searched" />
          </button>
          <button
            type="button"
            className={verdict.button}
            data-tone="unsure"
            disabled={!canJudge}
            onClick={() => desk.unsure()}
          >
            {t('review.unsure')} <CommandKey id="search.unsure" />
          </button>
          <button
            type="button"
            className={verdict.button}
            data-tone="plain"
            disabled={!canJudge}
            onClick={() => desk.undo()}
            data-testid="undo"
          >
            {t('review.undo')} <CommandKey id="search.undo" />
          </button>
        </div>
      </div>
    </aside>
  );
}

/** After a place was picked: which class is missing there. */
function ClassChoice({ desk }: { desk: SearchDesk }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  const spec = useSession((facts) => facts.shown!.spec!.spec);
  return (
    <section className={side.section} data-testid="class-choice">
      <h2 className={side.heading}>{t('search.whichClass')}</h2>
      <ul className={side.codes}>
        {offeredClasses(spec).map((entry, place) => (
          <li key={entry.name}>
            <button type="button" className={side.code} onClick={() => desk.name(entry)}>
              <CommandKey id={`search.class${place + 1}`} />
              <span className={side.codeTitle}>{entry.title[language]}</span>
              <span className={side.severity}>
                {entry.typicalSize.map((extent) => extent.toFixed(1)).join(' × ')} m
              </span>
            </button>
          </li>
        ))}
        <li>
          <button type="button" className={side.code} onClick={() => desk.patch({ isNaming: true })}>
            <CommandKey id="search.otherClass" />
            <span className={side.codeTitle}>{t('search.otherClass')}</span>
          </button>
        </li>
      </ul>
    </section>
  );
}

function MissedList({
  desk,
  missed,
  canJudge,
}: {
  desk: SearchDesk;
  missed: readonly MissedObject[];
  canJudge: boolean;
}) {
  const { t } = useTranslation();
  const selected = useStore(desk.store, (state) => state.selected);
  const spec = useSession((facts) => facts.shown!.spec!.spec);
  const cell = desk.cell();
  return (
    <section className={side.section}>
      <h2 className={side.heading}>{t('search.missed', { count: missed.length })}</h2>
      {missed.length === 0 && <p className={side.hint}>{t('search.missedNone')}</p>}
      <ul className={side.codes} data-testid="missed">
        {missed.map(({ id, className, center, yaw }) => (
          <li key={id} className={styles.missed} data-selected={id === selected || undefined}>
            <button type="button" className={styles.missedName} onClick={() => desk.select(id)}>
              <b>{className}</b>
              {!isInCell(cell, spec.search.sectors, center[0], center[1]) && (
                <small className={side.warn}>{t('search.outside')}</small>
              )}
              <small>
                {Math.hypot(center[0], center[1]).toFixed(1)} m · {Math.round((yaw * 180) / Math.PI)}°
              </small>
            </button>
            <button
              type="button"
              className={styles.remove}
              aria-label={t('search.remove', { name: className })}
              disabled={!canJudge}
              onClick={() => desk.remove(id)}
            >
              <Trash2 size={14} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      {selected !== null && (
        <p className={side.hint}>
          {t('search.turn')} <CommandKey id="search.turnLeft" /> <CommandKey id="search.turnRight" /> ·{' '}
          {t('search.removeHint')} <CommandKey id="search.remove" />
        </p>
      )}
    </section>
  );
}
