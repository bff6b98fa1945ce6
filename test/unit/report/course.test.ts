/** Plans that may stop before their end, in the report: what the table, the sentences and the pictures say of them. */
import { beforeEach, describe, expect, test } from 'vitest';
import { planCourses } from '../../../shared/audit/course.ts';
import { planOutcome } from '../../../shared/audit/outcome.ts';
import type { PlanRule } from '../../../shared/audit/qaSpec.ts';
import { translator } from '../../../shared/messages/translate.ts';
import { paperPalette, scale } from '../../../shared/report/charts/frame.ts';
import { type ChartNode, serialiseChart } from '../../../shared/report/charts/node.ts';
import {
  countWords,
  coursePicture,
  decidedWords,
  earlyStopWords,
  planOfCount,
  recountWords,
} from '../../../shared/report/courseWords.ts';
import { htmlReport } from '../../../shared/report/html/htmlReport.ts';
import { AuditDesk, defaultSpec, defect } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';

const index = makeIndex({ framesPerScene: 6, cuboidsPerFrame: 12 });
const t = translator('en');
const sequential: PlanRule = {
  scheme: 'sprt',
  severity: 'major',
  p0: 0.02,
  p1: 0.3,
  alpha: 0.1,
  beta: 0.1,
  truncateAt: 20,
  designEffect: 1,
};
const twice: PlanRule = {
  scheme: 'double',
  severity: 'major',
  aql: null,
  level: 'II',
  inspection: 'normal',
  stages: { n1: 4, ac1: 0, re1: 2, n2: 5, ac2: 1, re2: 2 },
};

let desk: AuditDesk;
function begin(rule: PlanRule): void {
  desk = AuditDesk.ready(index, { ...defaultSpec, plans: [rule] });
}

/** a = accepted, b = bad, u = unsure, h = on hold, in the order of the draw. */
function judge(verdicts: string): void {
  for (const [at, letter] of [...verdicts].entries()) {
    const { id } = desk.units[at]!;
    if (letter === 'b') desk.record(desk.verdict(id, 'reject', defect('POS', 'major')));
    else if (letter === 'h') desk.record(desk.verdict(id, 'sensor-limited', defect('SYNC')));
    else desk.record(desk.verdict(id, letter === 'u' ? 'unsure' : 'accept'));
  }
}

const course = () => planCourses(desk.state!)[0]!;
const picture = () => coursePicture(course(), 500, paperPalette, t);
const count = () => planOutcome(desk.state!).counts[0]!;
const words = () => countWords(count(), planOfCount(desk.state!, count()), t);

function all(root: ChartNode, tag: string): ChartNode[] {
  const children = root.children.filter((child): child is ChartNode => typeof child !== 'string');
  return [...(root.tag === tag ? [root] : []), ...children.flatMap((child) => all(child, tag))];
}

describe('a sequential plan', () => {
  beforeEach(() => begin(sequential));

  test('says at which unit it decided, and what it read', () => {
    judge('aaaaaaaabb');
    expect(count()).toMatchObject({ outcome: 'met', decidedAt: 7, judged: 7, defective: 0 });
    expect(words()).toEqual({
      units: 'at most 20',
      limits: ['d ≤ 0.111 n − 0.72', 'd ≥ 0.111 n + 0.72'],
      notes: ['decided at unit 7 of at most 20'],
    });
    expect(decidedWords(count(), planOfCount(desk.state!, count()), t)).toBe(
      '0 major among 7 labels: decided at unit 7 of at most 20.',
    );
    expect(earlyStopWords({ ...planOutcome(desk.state!), outcome: 'met' }, t)).toMatch(/by the plan/);
    const recount = recountWords(course(), t).join('\n');
    const { slope, hAccept } = course().plan.sequential!;
    expect(recount).toContain(`d ≤ ${slope} n − ${hAccept}`);
    expect(recount).toContain('bad none; open none; on hold none; every other of the first 7');
    expect(recount).toContain('Units beyond place 7 were not asked for');
  });

  test('gives the places of what was bad, open and on hold, whoever counts again comes to the same', () => {
    judge('ahaub');
    const { steps, plan } = course();
    expect(steps.map(({ place, n, least, most }) => [place, n, least, most])).toEqual([
      [1, 1, 0, 0],
      [2, 1, 0, 0],
      [3, 2, 0, 0],
      [4, 3, 0, 1],
      [5, 4, 1, 2],
    ]);
    expect(recountWords(course(), t).join('\n')).toContain(
      'bad 5; open 4; on hold 2; every other of the first 5',
    );
    expect(count().outcome).toBe('undecidable');
    expect(words().notes).toEqual(['no line met yet']);
    expect(plan.sampleSize).toBe(20);
  });

  test('the picture has the path where the verdicts are, and the point of decision', () => {
    judge('aabb');
    expect(count()).toMatchObject({ outcome: 'not-met', decidedAt: 4 });
    const x = scale(0, 20, 36, 488);
    const y = scale(0, 1.15 * 3, 220, 56);
    const circles = all(picture(), 'circle').map(({ attributes }) => [attributes.cx, attributes.cy]);
    expect(circles).toEqual([
      [x(3), y(1)],
      [x(4), y(2)],
      [x(4), y(2)],
    ]);
    const point = (n: number, d: number): string => `${x(n).toFixed(1)},${y(d).toFixed(1)}`;
    const { slope, hReject } = course().plan.sequential!;
    const lines = all(picture(), 'polyline').map(({ attributes }) => attributes.points);
    expect(lines).toContain(
      [
        [0, 0],
        [1, 0],
        [2, 0],
        [3, 0],
        [3, 1],
        [4, 1],
        [4, 2],
      ]
        .map(([n, d]) => point(n!, d!))
        .join(' '),
    );
    expect(lines).toContain(`${point(0, hReject)} ${point(20, 20 * slope + hReject)}`);
    expect(serialiseChart(picture())).toContain('unit 4: not met');
  });

  test('an open unit is drawn both ways', () => {
    judge('aua');
    const dashed = all(picture(), 'polyline').filter(({ attributes }) => attributes['stroke-dasharray']);
    expect(dashed).toHaveLength(1);
  });
});

describe('a double plan', () => {
  beforeEach(() => begin(twice));

  test('shows both samples, and that the second is not needed', () => {
    judge('aaaa');
    expect(words()).toEqual({
      units: '4 + 5',
      limits: ['0 / 2', 'both 1 / 2'],
      notes: ['decided on the first sample'],
    });
    expect(serialiseChart(picture())).toContain('not needed');
  });

  test('goes on to the second and decides on both', () => {
    judge('abaa');
    expect(words().notes).toEqual(['second sample being judged']);
    expect(serialiseChart(picture())).toContain('not judged yet');
    judge('abaaaaaaa');
    expect(words().notes).toEqual(['decided on both samples']);
    const filled = all(picture(), 'rect').filter(
      ({ attributes }) => attributes.fill !== paperPalette.background,
    );
    expect(filled).toHaveLength(2);
  });
});

test('the report holds the course in both languages, and nothing of it under single plans', () => {
  const report = (language: 'en' | 'zh'): string =>
    htmlReport(desk.state!, {
      language,
      translate: translator(language),
      pictures: () => null,
      version: '1.0.0',
      printedAt: '2026-03-01T00:00:00.000Z',
    });
  begin(sequential);
  judge('aaaaaaa');
  expect(report('en')).toContain('Course of the plan');
  expect(report('zh')).toContain('在第 7 个单位作出结论');
  begin({ scheme: 'c0', severity: 'critical', limitingRate: 0.2, confidence: 0.9 });
  expect(report('en')).not.toContain('Course of the plan');
});
