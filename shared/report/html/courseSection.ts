/** The course of each plan that could stop before its end: a picture, and in words all that a recount needs. */
import { planCourses } from '../../audit/course.ts';
import { paperPalette } from '../charts/frame.ts';
import { coursePicture, recountWords } from '../courseWords.ts';
import type { ReportContext } from './context.ts';
import { chart, html, type Markup, section } from './markup.ts';

export function courseSection({ state, words }: ReportContext): Markup | null {
  const courses = planCourses(state);
  if (courses.length === 0) return null;
  return section(
    words('sequential.title'),
    ...courses.map((course) => {
      const isOpen = course.plan.sequential && course.steps.some(({ state: of }) => of === 'open');
      return html`<figure>${chart(coursePicture(course, 720, paperPalette, words))}</figure>
${isOpen ? html`<p class="note">${words('sequential.chart.open')}</p>` : null}
<ul>${recountWords(course, words).map((line) => html`<li>${line}</li>`)}</ul>`;
    }),
  );
}
