/** Sequential and double plans while judging and afterwards. */
export default {
  title: 'Course of the plan',
  request: {
    'go-on': 'Go on.',
    'second-sample': 'The first sample is judged: go on with the second.',
    'look-again':
      'All that the plan asks for is judged. Open units keep it from deciding: look at them again.',
    'first-enough': 'Stop: the plan has decided on the first sample. The second is not needed.',
    stop: 'Stop: the plan has decided.',
  },
  judgedSoFar: '{{judged}} of {{asked}} judged',
  judgedSoFarAtMost: '{{judged}} of at most {{asked}} judged',
  order:
    'Units come in the order they were drawn, across scenes. A sequential plan reads them in that order, and its risks hold only because the order is random.',
  orderDouble: 'The first sample comes scene by scene, and so does the second if it is needed.',
  afterStop: 'You may judge on; the plan does not ask for it, and it changes nothing of the decision.',
  beyond: 'This unit lies beyond what the plan asked for. Judging it changes nothing of the decision.',
  ofAtMost: '{{at}} of at most {{total}}',
  placeBeyond: '{{at}}, beyond the {{total}} asked for',
  progressAtMost: 'of at most {{drawn}}',
  beyondMark: 'not asked for',
  standingLines: '{{defective}} in {{judged}} · {{accept}} accepts, {{reject}} rejects',
  standingNoAccept: '{{defective}} in {{judged}} · too early to accept, {{reject}} rejects',
  units: {
    atMost: 'at most {{n}}',
    two: '{{n1}} + {{n2}}',
  },
  limit: {
    accept: 'd ≤ {{slope}} n − {{hAccept}}',
    reject: 'd ≥ {{slope}} n + {{hReject}}',
    first: '{{ac1}} / {{re1}}',
    both: 'both {{ac2}} / {{re2}}',
  },
  note: {
    decidedAt: 'decided at unit {{at}} of at most {{n}}',
    atEnd: 'decided at its end, unit {{n}}, by the middle line',
    onFirst: 'decided on the first sample',
    onBoth: 'decided on both samples',
    first: 'first sample being judged',
    second: 'second sample being judged',
    waits: 'open units keep it from deciding',
    running: 'no line met yet',
    gap: 'accepted, and reduced inspection ends',
    defects: 'defects, each counted',
  },
  recount: 'The rule and the path, to count again',
  chart: {
    title: '{{severity}}, {{sample}}: path of the verdicts',
    xLabel: 'units judged, in the order they were drawn',
    yLabel: 'bad units',
    accept: 'accept',
    reject: 'do not accept',
    goOn: 'go on',
    end: 'end at {{n}}',
    decided: 'unit {{at}}: {{outcome}}',
    open: 'Dashed path: with every open unit counted as bad.',
    stageTitle: '{{severity}}, {{sample}}: two samples',
    first: 'first sample, {{n}}',
    second: 'both samples, {{n}}',
    notNeeded: 'not needed',
    notYet: 'not judged yet',
  },
  text: {
    lines:
      'Bad units d among the first n counted: accept at d ≤ {{slope}} n − {{hAccept}}, do not accept at d ≥ {{slope}} n + {{hReject}}, else the next unit. At n = {{end}} accept at d ≤ {{slope}} n, else do not.',
    terms:
      'Asked for: {{p0}} bad is turned away with risk {{alpha}}, {{p1}} bad passes with risk {{beta}}; lines {{designEffect}} times as far apart as for independent units.',
    stages:
      'First sample {{n1}}: accept at {{ac1}} or fewer, do not accept at {{re1}} or more, else {{n2}} more; both together: accept at {{ac2}} or fewer.',
    path: 'Path, by place in the drawn order: bad {{bad}}; open {{open}}; on hold {{held}}; every other of the first {{read}} units in order.',
    none: 'none',
    decision: 'Decision: {{outcome}}, at place {{at}}, with {{bad}} bad among {{n}} counted.',
    undecided: 'No decision yet: {{bad}} bad among {{n}} counted, {{open}} open.',
    notReached: 'Units beyond place {{at}} were not asked for and count for nothing here.',
  },
  because: {
    decided: '{{found}} {{severity}} among {{judged}} {{sample}}: decided at unit {{at}} of at most {{n}}.',
    open: '{{found}} {{severity}} so far among {{judged}} {{sample}} of at most {{n}}, {{open}} not settled.',
  },
  stoppedByPlan:
    'Stopped early by the plan: it decided before the whole drawn sample was judged. No interval of a fixed sample is stated.',
} as const;
