/** Plans that may stop before their end, in words: for the table of counts, the decision, the pictures and a recount. */
import { linesAt, type PlanCourse } from '../audit/course.ts';
import type { FrozenPlan, PlanOutcome, SeverityCount } from '../audit/events.ts';
import type { AuditState } from '../audit/state.ts';
import type { Translate } from '../messages/translate.ts';
import type { ChartPalette } from './charts/frame.ts';
import type { ChartNode } from './charts/node.ts';
import { sequentialChart } from './charts/sequentialChart.ts';
import { stageChart } from './charts/stageChart.ts';
import { percent } from './quantities.ts';

/** The plan that a row of counts belongs to. */
export function planOfCount(state: AuditState, count: SeverityCount): FrozenPlan | null {
  return state.sample?.[count.sample].plans.find(({ severity }) => severity === count.severity) ?? null;
}

/** Cells of a row of counts: how many units, by which numbers, and what there is to say of the plan's way. */
export function countWords(count: SeverityCount, plan: FrozenPlan | null, t: Translate) {
  return {
    units: unitsWords(count, plan, t),
    limits: limitWords(count, plan, t),
    notes: noteWords(count, plan, t),
  };
}

function unitsWords({ sampleSize: n }: SeverityCount, plan: FrozenPlan | null, t: Translate): string {
  if (plan?.sequential) return t('sequential.units.atMost', { n });
  if (plan?.double) return t('sequential.units.two', { ...plan.double });
  return String(n);
}

/** One line for each line or stage, so that a narrow column holds them. */
function limitWords(count: SeverityCount, plan: FrozenPlan | null, t: Translate): string[] {
  if (plan?.sequential) {
    const lines = shownLines(plan.sequential);
    return [t('sequential.limit.accept', lines), t('sequential.limit.reject', lines)];
  }
  if (plan?.double) {
    return [t('sequential.limit.first', { ...plan.double }), t('sequential.limit.both', { ...plan.double })];
  }
  return [`${count.acceptanceNumber} / ${count.rejectionNumber}`];
}

/** Three decimals are enough to read; the report's recount gives all of them. */
function shownLines({ slope, hAccept, hReject }: NonNullable<FrozenPlan['sequential']>) {
  return { slope: slope.toFixed(3), hAccept: hAccept.toFixed(2), hReject: hReject.toFixed(2) };
}

function noteWords(count: SeverityCount, plan: FrozenPlan | null, t: Translate): string[] {
  const notes: string[] = [];
  const { decidedAt, sampleSize: n } = count;
  const say = (key: string, params: Readonly<Record<string, unknown>> = {}): void => {
    notes.push(t(`sequential.note.${key}`, params));
  };
  if (plan?.sequential) {
    if (decidedAt === undefined) say(count.judged + count.open + count.onHold < n ? 'waits' : 'running');
    else if (isByLine(count, plan.sequential)) say('decidedAt', { at: decidedAt, n });
    else say('atEnd', { n: decidedAt });
  }
  if (plan?.double) {
    const { n1 } = plan.double;
    if (decidedAt === undefined) say(count.judged < n1 ? 'first' : 'second');
    else say(decidedAt > n1 ? 'onBoth' : 'onFirst');
  }
  if (count.isInGap) say('gap');
  if (plan?.counts === 'defects') say('defects');
  return notes;
}

/** False where the plan came to its end between its lines. */
function isByLine({ defective, open, judged }: SeverityCount, lines: NonNullable<FrozenPlan['sequential']>) {
  const { accept, reject } = linesAt(lines, judged + open);
  return defective + open <= accept || defective >= reject;
}

/** One row of counts as a sentence of the decision; null where the plan judges all of its units whatever comes. */
export function decidedWords(count: SeverityCount, plan: FrozenPlan | null, t: Translate): string | null {
  if (!plan?.sequential && !plan?.double) return null;
  return t(`sequential.because.${count.decidedAt === undefined ? 'open' : 'decided'}`, {
    found: count.defective,
    severity: t(`audit.severity.${count.severity}`),
    sample: t(`audit.sample.${count.sample}`),
    judged: count.judged + count.open,
    open: count.open,
    at: count.decidedAt,
    n: count.sampleSize,
  });
}

/** Why a sample was left unfinished: its plan had decided, or a rejection number was reached. */
export function earlyStopWords({ outcome, counts }: PlanOutcome, t: Translate): string {
  const isByPlan = counts.some((count) => count.outcome === outcome && count.decidedAt !== undefined);
  return t(isByPlan ? 'sequential.stoppedByPlan' : 'report.decision.stoppedEarly');
}

/** The course as a picture, as wide as `width` pixels. */
export function coursePicture(
  course: PlanCourse,
  width: number,
  palette: ChartPalette,
  t: Translate,
): ChartNode {
  const { plan, count, sample, steps } = course;
  const named = { severity: t(`audit.severity.${count.severity}`), sample: t(`audit.sample.${sample}`) };
  const outcome = t(`audit.outcome.${count.outcome}`);
  if (plan.sequential) {
    return sequentialChart({
      title: t('sequential.chart.title', named),
      words: {
        x: t('sequential.chart.xLabel'),
        y: t('sequential.chart.yLabel'),
        accept: t('sequential.chart.accept'),
        reject: t('sequential.chart.reject'),
        end: t('sequential.chart.end', { n: plan.sampleSize }),
      },
      lines: plan.sequential,
      end: plan.sampleSize,
      steps,
      decision:
        count.decidedAt === undefined
          ? null
          : {
              text: t('sequential.chart.decided', { at: count.decidedAt, outcome }),
              isMet: count.outcome === 'met',
            },
      width,
      height: 260,
      palette,
    });
  }
  const { n1, ac1, re1, n2, ac2, re2 } = plan.double!;
  const first = steps.slice(0, n1).at(-1) ?? { least: 0, most: 0 };
  const isSecond = steps.length > n1;
  const isOnFirst = count.decidedAt !== undefined && count.decidedAt <= n1;
  const note = t(isOnFirst ? 'sequential.chart.notNeeded' : 'sequential.chart.notYet');
  return stageChart({
    title: t('sequential.chart.stageTitle', named),
    words: {
      accept: t('sequential.chart.accept'),
      goOn: t('sequential.chart.goOn'),
      reject: t('sequential.chart.reject'),
    },
    stages: [
      {
        text: t('sequential.chart.first', { n: n1 }),
        accept: ac1,
        reject: re1,
        found: steps.length > 0 ? first : null,
        note: null,
      },
      {
        text: t('sequential.chart.second', { n: n1 + n2 }),
        accept: ac2,
        reject: re2,
        found: isSecond ? steps.at(-1)! : null,
        note: isSecond ? null : note,
      },
    ],
    width,
    palette,
  });
}

/** What a third person needs to come to the same decision: the rule with all its digits, and the path. */
export function recountWords({ plan, count, steps }: PlanCourse, t: Translate): string[] {
  const say = (key: string, params: Readonly<Record<string, unknown>> = {}): string =>
    t(`sequential.text.${key}`, params);
  const { sequential, double, sampleSize: end } = plan;
  const last = steps.at(-1);
  const of = { bad: count.defective, n: last?.n ?? 0, open: count.open, at: count.decidedAt };
  const isEarly = count.decidedAt !== undefined && count.decidedAt < end;
  return [
    ...(sequential
      ? [
          say('terms', {
            p0: percent(sequential.p0),
            p1: percent(sequential.p1),
            alpha: percent(sequential.alpha),
            beta: percent(sequential.beta),
          }),
          ...(sequential.designEffect === 1 ? [] : [say('wider', { designEffect: sequential.designEffect })]),
          say('lines', { ...sequential, end }),
        ]
      : []),
    ...(double ? [say('stages', { ...double })] : []),
    say('path', {
      bad: places(
        steps.filter(({ least }, at) => least > (steps[at - 1]?.least ?? 0)),
        t,
      ),
      open: places(
        steps.filter(({ state }) => state === 'open'),
        t,
      ),
      held: places(
        steps.filter(({ state }) => state === 'on-hold'),
        t,
      ),
      read: steps.length,
    }),
    count.decidedAt === undefined
      ? say('undecided', of)
      : say('decision', { ...of, outcome: t(`audit.outcome.${count.outcome}`) }),
    ...(isEarly ? [say('notReached', { at: count.decidedAt })] : []),
  ];
}

function places(steps: PlanCourse['steps'], t: Translate): string {
  return steps.length === 0 ? t('sequential.text.none') : steps.map(({ place }) => place).join(', ');
}
