/** What a sampling plan says about itself. */
export default {
  limits: {
    usual:
      '{{n}} drawn, at most {{ac}} bad: a lot with {{rate}} % bad still passes {{times}} times in 100, and one with {{ltpd}} % bad 10 times in 100.',
    zero: '{{n}} drawn, none may be bad: finding none still leaves up to {{upper}} % of the lot bad (at 95 % confidence), and a process with {{ltpd}} % bad passes 10 times in 100.',
    perHundred:
      '{{n}} drawn, at most {{ac}} defects: work with {{ltpd}} defects per hundred units as a whole still passes 10 times in 100.',
    full: 'All {{n}} units are inspected: the lot passes with at most {{ac}} bad units found. What inspection overlooks stays in it.',
  },
  notes: {
    arrow: 'The cell of letter {{from}} is an arrow: the plan of letter {{to}} applies as a whole.',
    fullInspection: 'The plan asks for {{n}} units and the lot has {{lot}}: every unit is inspected.',
    perHundredUnits: 'AQL {{aql}} counts defects per hundred units, not nonconforming units.',
    singleSource:
      'The numbers of this table come from one transcription; check them against your copy of the standard.',
    unsureCell:
      'Transcriptions disagree on this cell: another one gives n {{n}}, Ac {{ac}}, Re {{re}}. Check it against your copy of the standard.',
    sequentialOrder:
      'Units must be judged in the random order in which they were drawn: in any other order the risks of this plan do not hold.',
    notIso: 'This plan accepts on zero and is not a plan of ISO 2859-1.',
  },
} as const;
