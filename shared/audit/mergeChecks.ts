/**
 * Merging what concerns the automatic checks. Answers arrive finding by finding: one that only the other side gave is
 * taken, one it took back is taken back here, and what both sides answered differently stays as it is here and is
 * listed. Of the settings each limit, each check that is left out and each exception is merged by itself.
 */
import { type CheckSettings, checkSettingsSchema } from '../checks/settings.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { EventData } from './events.ts';
import { type Fork, type MergedDraft, type Part, unstamped } from './mergeParts.ts';
import type { TriageAnswer } from './state.ts';

export function mergeChecks(fork: Fork): Part {
  const [answers, settings] = [mergeAnswers(fork), mergeSettings(fork)];
  return {
    drafts: [...settings.drafts, ...answers.drafts],
    conflicts: [...settings.conflicts, ...answers.conflicts],
  };
}

function mergeAnswers({ base, ours, theirs }: Fork): Part {
  const drafts: MergedDraft[] = [];
  const conflicts: string[] = [];
  for (const finding of new Set([...base.triage.keys(), ...theirs.triage.keys()])) {
    const [was, here, there] = [base, ours, theirs].map((side) => side.triage.get(finding));
    if (was?.seq === there?.seq || isSameAnswer(here, there)) continue;
    if (was?.seq !== here?.seq) {
      conflicts.push(finding);
      continue;
    }
    if (here) {
      // Who took it back, and when, stands in their log; here it is under its author.
      const data = { finding, check: here.finding.check };
      drafts.push({
        ...{ about: finding, draft: { type: 'finding.reopened', data } },
        ...{ actor: here.by, at: here.at, seq: null },
      });
    }
    if (there) {
      const draft = { type: 'finding.triaged', data: unstamped(there) } as const;
      drafts.push({ about: finding, draft, actor: there.by, at: there.at, seq: there.seq });
    }
  }
  return { drafts, conflicts };
}

/** Equal in what was said; each side queued a target of its own for it. */
function isSameAnswer(one: TriageAnswer | undefined, other: TriageAnswer | undefined): boolean {
  if (!one || !other) return one === other;
  const said = ({ answer, defect }: TriageAnswer): string => canonicalJson({ answer, defect });
  return said(one) === said(other);
}

function mergeSettings({ base, ours, theirs }: Fork): Part {
  const there = theirs.checksSet;
  if (there === null || there.seq === base.checksSet?.seq) return { drafts: [], conflicts: [] };
  const sides = [base, ours, theirs].map(({ checksSet }) => partsOf(checksSet?.settings));
  const [was, here, wanted] = sides as [Parts, Parts, Parts];
  const merged = new Map(here);
  const conflicts: string[] = [];
  for (const key of new Set([...was.keys(), ...wanted.keys()])) {
    const [before, mine, yours] = [was, here, wanted].map((parts) => parts.get(key));
    if (yours === before || yours === mine) continue;
    if (mine !== before) conflicts.push(`checks.set ${key}`);
    else if (yours === undefined) merged.delete(key);
    else merged.set(key, yours);
  }
  const isNew = merged.size !== here.size || [...merged].some(([key, value]) => here.get(key) !== value);
  if (!isNew) return { drafts: [], conflicts };
  const data: EventData<'checks.set'> = {
    settings: settingsOf(merged, there.settings),
    reason: there.reason,
  };
  const draft = { type: 'checks.set', data } as const;
  return {
    drafts: [{ about: 'checks.set', draft, actor: there.by, at: there.at, seq: there.seq }],
    conflicts,
  };
}

/** Each thing that is set, by a name that says which, as canonical JSON. */
type Parts = ReadonlyMap<string, string>;

function partsOf(settings: CheckSettings | undefined): Parts {
  if (!settings) return new Map();
  const limits = Object.entries(settings.limits).flatMap(([check, byKey]) =>
    Object.entries(byKey).map(
      ([key, pair]) => [`limit ${check} ${key}`, canonicalJson([check, key, pair])] as const,
    ),
  );
  const off = settings.off.map((check) => [`off ${check}`, canonicalJson(check)] as const);
  const exceptions = settings.exceptions.map(
    (exception) => [`exception ${canonicalJson(exception)}`, canonicalJson(exception)] as const,
  );
  return new Map([...limits, ...off, ...exceptions]);
}

function settingsOf(parts: Parts, { schema, schemaVersion }: CheckSettings): CheckSettings {
  const limits: Record<string, Record<string, unknown>> = {};
  const off: unknown[] = [];
  const exceptions: unknown[] = [];
  for (const [name, value] of parts) {
    const part: unknown = JSON.parse(value);
    if (name.startsWith('limit ')) {
      const [check, key, pair] = part as [string, string, unknown];
      limits[check] = { ...limits[check], [key]: pair };
    } else if (name.startsWith('off ')) off.push(part);
    else exceptions.push(part);
  }
  return checkSettingsSchema.parse({ schema, schemaVersion, limits, off, exceptions });
}
