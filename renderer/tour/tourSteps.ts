/** The steps of the tour, and by what the newcomer did each of them is done. */

/** What the tour sees of the program; everything here came about by what the person did. */
export interface TourFacts {
  /** The sample delivery is shown at intake. */
  readonly isSampleOpen: boolean;
  /** There is an audit of the sample. */
  readonly hasAudit: boolean;
  readonly hasProfile: boolean;
  readonly isDrawn: boolean;
  readonly accepted: number;
  readonly rejected: number;
  readonly judged: number;
  /** Commands run since the step began. */
  readonly ran: ReadonlySet<string>;
}

export interface TourStep {
  readonly id:
    | 'open'
    | 'name'
    | 'start'
    | 'freeze'
    | 'look'
    | 'accept'
    | 'reject'
    | 'undo'
    | 'judge'
    | 'done';
  /** Where it is done. */
  readonly screen: 'deliveries' | 'delivery-intake' | 'plan' | 'review';
  /** The command that does it, whose key is shown. */
  readonly command: string | null;
  isDone(facts: TourFacts): boolean;
}

export const tourSteps: readonly TourStep[] = [
  {
    id: 'open',
    screen: 'deliveries',
    command: 'deliveries.sample',
    isDone: ({ isSampleOpen, hasAudit }) => isSampleOpen || hasAudit,
  },
  {
    id: 'name',
    screen: 'delivery-intake',
    command: null,
    isDone: ({ hasProfile }) => hasProfile,
  },
  {
    id: 'start',
    screen: 'delivery-intake',
    command: 'intake.start',
    isDone: ({ hasAudit }) => hasAudit,
  },
  { id: 'freeze', screen: 'plan', command: 'plan.freeze', isDone: ({ isDrawn }) => isDrawn },
  {
    id: 'look',
    screen: 'review',
    command: 'review.face',
    isDone: ({ ran }) => ran.has('review.face') || ran.has('review.flip'),
  },
  { id: 'accept', screen: 'review', command: 'review.confirm', isDone: ({ accepted }) => accepted > 0 },
  { id: 'reject', screen: 'review', command: 'review.code4', isDone: ({ rejected }) => rejected > 0 },
  { id: 'undo', screen: 'review', command: 'review.undo', isDone: ({ rejected }) => rejected === 0 },
  { id: 'judge', screen: 'review', command: 'review.confirm', isDone: ({ judged }) => judged >= 3 },
  { id: 'done', screen: 'review', command: null, isDone: () => false },
];

/** The first step from `at` on that is not done yet. What was once done stays done: an undo leads not back. */
export function stepAfter(at: number, facts: TourFacts): number {
  let step = Math.max(0, Math.min(at, tourSteps.length - 1));
  while (step < tourSteps.length - 1 && tourSteps[step]!.isDone(facts)) {
    step += 1;
    // What was run before counts for the step it was run in only.
    facts = { ...facts, ran: new Set() };
  }
  return step;
}
