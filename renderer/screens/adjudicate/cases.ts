/** What the screen shows of an audit's disagreements: which of them a person may see, and which two sides stand side by side. */
import { isHiddenFrom } from '../../../shared/audit/blind.ts';
import { type Disagreement, disagreements, isLeading } from '../../../shared/audit/disagreement.ts';
import { drawnUnit } from '../../../shared/audit/drawn.ts';
import type { Actor, DefectEntry, DrawnUnit, EventData, EventDraft } from '../../../shared/audit/events.ts';
import { judgementOf } from '../../../shared/audit/opinions.ts';
import type { AuditState, UnitVerdict } from '../../../shared/audit/state.ts';

export interface Case extends Disagreement {
  readonly drawn: DrawnUnit;
  /** Who speaks for what was said first, and who for the latest that says otherwise. */
  readonly left: UnitVerdict;
  readonly right: UnitVerdict;
  /** Verdicts of further people, where more than two judged. */
  readonly others: readonly UnitVerdict[];
}

export interface Cases {
  readonly open: readonly Case[];
  readonly settled: readonly Case[];
  /** Units kept back: the person is still to judge them herself without sight of the others. */
  readonly hidden: number;
}

/**
 * The disagreements a person may look at, in drawn order. Where units are judged blind an auditor sees those she has
 * judged herself; who leads the audit sees all of them.
 */
export function casesFor(state: AuditState, actor: Actor | null): Cases {
  const { open, settled } = disagreements(state);
  const maySee = ({ unit }: Disagreement): boolean =>
    (actor !== null && isLeading(actor)) || !isHiddenFrom(state, actor?.profile ?? null, unit);
  const shown = (found: readonly Disagreement[]): Case[] =>
    found.filter(maySee).flatMap((disagreement) => caseOf(state, disagreement) ?? []);
  const all = [...open, ...settled];
  return {
    open: shown(open),
    settled: shown(settled),
    hidden: all.length - all.filter(maySee).length,
  };
}

/** Null where a side is gone: its author took it back after the ruling. */
function caseOf(state: AuditState, disagreement: Disagreement): Case | null {
  const { unit, verdicts } = disagreement;
  const drawn = drawnUnit(state, unit);
  const first = verdicts[0];
  if (!drawn || !first) return null;
  const opposed =
    verdicts.findLast((verdict) => judgementOf(verdict) !== judgementOf(first)) ?? verdicts.at(-1)!;
  if (opposed === first) return null;
  const left = fullest(verdicts, first);
  const right = fullest(verdicts, opposed);
  const others = verdicts.filter((verdict) => verdict !== left && verdict !== right);
  return { ...disagreement, drawn, left, right, others };
}

/** Of those who say the same as `voice`, who shows most for it: a box of her own, else a picture, else `voice`. */
function fullest(verdicts: readonly UnitVerdict[], voice: UnitVerdict): UnitVerdict {
  const same = verdicts.filter((verdict) => judgementOf(verdict) === judgementOf(voice));
  return (
    same.find(({ evidence }) => evidence?.correction) ??
    same.find(({ evidence }) => evidence?.picture) ??
    voice
  );
}

/** What a ruling adds to the verdict it takes or makes. */
export interface RulingParts {
  readonly comment: string;
  readonly durationMs: number;
}

/** A ruling that takes one side's verdict as it is, its evidence and its correction with it. */
export function rulingFor(found: Case, side: UnitVerdict, { comment, durationMs }: RulingParts): EventDraft {
  const { verdict, defects, evidence } = side;
  return ruling(found, { verdict, defects: [...defects], evidence, comment, durationMs });
}

/** A ruling of one's own: without defects it accepts; faults of the data put the unit on hold. */
export function ownRuling(
  found: Case,
  defects: readonly DefectEntry[],
  isOfData: boolean,
  { comment, durationMs }: RulingParts,
): EventDraft {
  const verdict = defects.length === 0 ? 'accept' : isOfData ? 'sensor-limited' : 'reject';
  // What was seen of the label stands with whoever rejected it; the ruling keeps it for the vendor to read.
  const { evidence } = found.right.evidence ? found.right : found.left;
  return ruling(found, {
    verdict,
    defects: [...defects],
    evidence: verdict === 'accept' ? null : evidence,
    comment,
    durationMs,
  });
}

/** The ruling that leaves it undecided: the unit stays open, but no longer for what these two said. */
export function unsureRuling(found: Case, { comment, durationMs }: RulingParts): EventDraft {
  return ruling(found, { verdict: 'unsure', defects: [], evidence: null, comment, durationMs });
}

type Said = Pick<EventData<'verdict.given'>, 'verdict' | 'defects' | 'evidence' | 'comment' | 'durationMs'>;

function ruling(found: Case, said: Said): EventDraft {
  const adjudicates = found.verdicts.map(({ seq }) => seq);
  return {
    type: 'verdict.given',
    data: { unit: found.unit, ...said, isSecondLook: true, isBlind: false, adjudicates },
  };
}
