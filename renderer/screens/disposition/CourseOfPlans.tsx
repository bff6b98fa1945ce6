/** How the plans that could stop before their end came to their decision: the lines or stages, and the path. */
import { useTranslation } from 'react-i18next';
import { planCourses } from '../../../shared/audit/course.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { coursePicture, recountWords } from '../../../shared/report/courseWords.ts';
import { Chart, screenPalette } from '../../ui/Chart.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import styles from './Disposition.module.css';

/** Wider, a path of a few dozen verdicts would be stretched out of shape. */
const widest = 760;

export function CourseOfPlans({ audit }: { audit: AuditState }) {
  const { t } = useTranslation();
  const courses = planCourses(audit);
  if (courses.length === 0) return null;
  return (
    <Section title={t('sequential.title')}>
      {courses.map((course) => (
        <div
          key={`${course.sample} ${course.plan.severity}`}
          className={styles.course}
          data-testid="plan-course"
        >
          <Chart draw={(width) => coursePicture(course, Math.min(width, widest), screenPalette, t)} />
          {course.plan.sequential && course.steps.some(({ state }) => state === 'open') && (
            <p className={page.small}>{t('sequential.chart.open')}</p>
          )}
          <details>
            <summary className={page.small}>{t('sequential.recount')}</summary>
            <ul className={styles.recount}>
              {recountWords(course, t).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </details>
        </div>
      ))}
    </Section>
  );
}
