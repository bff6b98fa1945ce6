/** The spec's rule for the class in front, with its pictures: small, and large while pointed at or focused. */
import { Tooltip } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpecClass } from '../../../shared/audit/qaSpec.ts';
import { useCommand } from '../../app/commands.ts';
import styles from './RuleSection.module.css';
import side from './side.module.css';

export function RuleSection({ entry }: { entry: SpecClass | null }) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  const pictures = entry?.pictures ?? [];
  const first = useRef<HTMLButtonElement>(null);
  useCommand({
    ...{ id: 'review.rule', room: 'review', titleKey: 'review.commands.rule', keys: [] },
    run: () => first.current?.focus(),
    isEnabled: () => pictures.length > 0,
  });
  return (
    <section className={side.section} data-testid="rule">
      <h2 className={side.heading}>
        {t('review.rule')} {entry && `· ${entry.title[language]}`}
      </h2>
      <p className={side.rule}>{entry?.rule[language] ?? t('review.ruleUnlisted')}</p>
      {pictures.length > 0 && (
        <div className={styles.pictures}>
          {pictures.map(({ title, data }, at) => (
            <Tooltip
              key={data}
              position="left"
              events={{ hover: true, focus: true, touch: true }}
              label={
                <figure className={styles.large}>
                  <img src={data} alt="" />
                  <figcaption>{title[language]}</figcaption>
                </figure>
              }
            >
              <button
                type="button"
                className={styles.picture}
                ref={at === 0 ? first : null}
                aria-label={title[language]}
              >
                <img src={data} alt="" />
              </button>
            </Tooltip>
          ))}
        </div>
      )}
    </section>
  );
}
