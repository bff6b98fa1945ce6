/**
 * How verdicts become findings. Ids are given in the order the events first name a defect; judging a unit again
 * keeps the id of a defect that is named again, and never frees an id for another.
 */
import type { Actor, AuditEvent, DefectEntry, DrawnUnit, Evidence, MissedObject } from './events.ts';
import type { AuditState, Finding, FindingStatus, UnitVerdict } from './state.ts';

type Named = Pick<AuditState, 'findings' | 'findingsNamed'>;

/** A finding before it has its id. */
export type FindingDraft = Omit<Finding, 'id' | 'status' | 'remarks'>;

/** `F0001`; wider from ten thousand on. */
export function findingId(number: number): string {
  return `F${String(number).padStart(4, '0')}`;
}

/** What the events say of who found it, when and where in the log. */
export function stampOf(event: AuditEvent): {
  readonly by: Actor;
  readonly at: string;
  readonly seq: number;
} {
  return { by: event.actor, at: event.at, seq: event.seq };
}

/**
 * What a verdict on a drawn unit finds. Only a rejection is the vendor's to answer; faults of the data put the
 * unit on hold and are listed apart.
 */
export function draftsOfVerdict(
  unit: Pick<DrawnUnit, 'id' | 'scene' | 'frame' | 'label' | 'track' | 'className'>,
  verdict: Pick<UnitVerdict, 'verdict' | 'defects' | 'evidence' | 'by' | 'at' | 'seq'>,
): FindingDraft[] {
  if (verdict.verdict !== 'reject') return [];
  const { evidence, by, at, seq } = verdict;
  const seen = evidence?.cuboid ?? evidence?.box2d;
  return verdict.defects.map((defect) => ({
    ...blankFinding,
    source: 'sample',
    unit: unit.id,
    scene: unit.scene,
    frame: evidence?.frame ?? unit.frame,
    label: unit.label,
    track: unit.track ?? seen?.track ?? null,
    className: seen?.className ?? unit.className,
    defect,
    evidence,
    by,
    at,
    seq,
  }));
}

/**
 * Replaces the findings of one unit or cell. `isSame` pairs an old finding with a new one (same code, same missed
 * object): the old keeps its id and place in the list.
 */
export function replaceFindings(
  state: AuditState,
  belongs: (finding: Finding) => boolean,
  drafts: readonly FindingDraft[],
  isSame: (old: Finding, draft: FindingDraft) => boolean,
): Named {
  const { findings, findingsNamed } = state;
  if (drafts.length === 0 && !findings.some(belongs)) return { findings, findingsNamed };
  const waiting = [...drafts];
  const kept = state.findings.flatMap((finding) => {
    if (!belongs(finding)) return [finding];
    const index = waiting.findIndex((draft) => isSame(finding, draft));
    if (index < 0) return [];
    const [draft] = waiting.splice(index, 1);
    return [{ ...fresh(draft!), id: finding.id }];
  });
  const added = waiting.map((draft, index) => ({
    ...fresh(draft),
    id: findingId(state.findingsNamed + index + 1),
  }));
  return { findings: [...kept, ...added], findingsNamed: state.findingsNamed + added.length };
}

export function addFinding(state: AuditState, draft: FindingDraft): Named {
  const id = findingId(state.findingsNamed + 1);
  return { findings: [...state.findings, { ...fresh(draft), id }], findingsNamed: state.findingsNamed + 1 };
}

/** Changes one finding; the others, and the list where there is no such finding, keep their identity. */
export function changeFinding(
  findings: readonly Finding[],
  id: string,
  status: FindingStatus,
  remark: { readonly by: string; readonly at: string; readonly text: string },
): readonly Finding[] {
  const index = findings.findIndex((finding) => finding.id === id);
  if (index < 0) return findings;
  const old = findings[index]!;
  const remarks = remark.text.trim() === '' ? old.remarks : [...old.remarks, remark];
  return findings.with(index, { ...old, status, remarks });
}

/** The parts of a finding that no kind of source fills by itself. */
export const blankFinding = {
  unit: null as string | null,
  label: null as string | null,
  track: null as string | null,
  className: null as string | null,
  evidence: null as Evidence | null,
  missed: null as MissedObject | null,
  key: null as string | null,
};

export function defectOfMissed(missed: MissedObject): DefectEntry {
  return { code: missed.code, severity: missed.severity, note: missed.note, measured: null };
}

function fresh(draft: FindingDraft): Omit<Finding, 'id'> {
  return { ...draft, status: 'open', remarks: [] };
}
