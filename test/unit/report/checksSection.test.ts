/** The report on the automatic checks: each with its version, what it found or lacked, and what people said of it. */
import { describe, expect, test } from 'vitest';
import { checks } from '../../../shared/checks/catalogue.ts';
import type { CheckTally } from '../../../shared/checks/results.ts';
import { shippedSettings } from '../../../shared/checks/settings.ts';
import { languages } from '../../../shared/messages/index.ts';
import { translator } from '../../../shared/messages/translate.ts';
import { checksSection } from '../../../shared/report/html/checksSection.ts';
import { reportContext } from '../../../shared/report/html/context.ts';
import { AuditDesk } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';

const tally = (id: CheckTally['id'], changes: Partial<CheckTally> = {}): CheckTally => ({
  ...{ id, version: 3, ran: 2, skipped: {}, measured: 40, findings: 0, hard: 0, explained: 0, excepted: 0 },
  ...changes,
});

function ran(): AuditDesk {
  const desk = AuditDesk.ready(makeIndex());
  desk.record({
    type: 'checks.ran',
    data: {
      checks: [
        tally('SIZE', { findings: 7, hard: 2 }),
        tally('PROJ', { ran: 0, skipped: { boxes2d: 2 }, measured: 0 }),
        tally('STATIC', { findings: 1, explained: 9 }),
      ],
      frames: 20,
      objects: 412,
      settings: {
        ...shippedSettings,
        limits: { SIZE: { all: { soft: 5, hard: null } } },
        off: ['CLUSTER'],
        exceptions: [
          { check: 'SIZE', className: 'bus', scene: null, track: null, camera: null, note: 'bendy buses' },
        ],
      },
      priors: { vendor: 'Northlight', project: null, revision: 4 },
    },
  });
  return desk;
}

function printed(desk: AuditDesk, language: (typeof languages)[number]): string {
  return checksSection(reportContext(desk.state!, language, translator(language), () => null))!.text;
}

const cellsOf = (text: string): string[][] =>
  [...text.matchAll(/<tr>(.*?)<\/tr>/gs)].map((row) =>
    [...row[1]!.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map((cell) => cell[1]!.replaceAll(/<[^>]*>/g, '')),
  );

describe.each(languages.map((language): [typeof language] => [language]))('in %s', (language) => {
  const t = translator(language);
  const text = printed(ran(), language);

  test('each check is listed with its version and counts', () => {
    const rows = cellsOf(text).filter((row) => row.length === 7);
    expect(rows.map((row) => row.slice(2))).toEqual([
      ['3', '7', '2', '0', '–'],
      ['3', '–', '–', '–', '–'],
      ['3', '1', '0', '9', '–'],
    ]);
    expect(rows[1]![1]).toContain(t('checks.skipped.lacks.boxes2d'));
  });

  test('limits and lessons that are not the shipped ones are told', () => {
    expect(text).toContain('bendy buses');
    expect(text).toContain(t('checkKinds.CLUSTER.title'));
    expect(text).toContain('Northlight');
  });

  test('no key stands where a sentence should', () => {
    expect(text).not.toMatch(/\b(report|checks|checkKinds)\.[\w.]+/);
  });
});

test('an audit without a run says nothing', () => {
  const { state } = AuditDesk.ready(makeIndex());
  expect(checksSection(reportContext(state!, 'en', translator('en'), () => null))).toBeNull();
});

test('every check has a title, a meaning and a sentence in both languages', () => {
  for (const language of languages) {
    const t = translator(language);
    for (const { id } of checks) {
      for (const part of ['title', 'means']) {
        expect(t(`checkKinds.${id}.${part}`), `${id} ${part} ${language}`).not.toBe(
          `checkKinds.${id}.${part}`,
        );
      }
    }
  }
});
