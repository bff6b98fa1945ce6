/** What a sampling plan says about itself. */
export default {
  limits: {
    usual:
      '{{n}} drawn, at most {{ac}} bad: a lot with {{rate}} % bad still passes {{times}} times in 100, and one with {{tenth}} % bad at most 10 times in 100.',
    zero: '{{n}} drawn, none may be bad: finding none still leaves up to {{upper}} % of the lot bad (at 95 % confidence), and a process with {{ltpd}} % bad passes 10 times in 100.',
    perHundred:
      '{{n}} drawn, at most {{ac}} defects: work with {{ltpd}} defects per hundred units as a whole still passes 10 times in 100.',
    gap: '{{n}} drawn, at most {{ac}} bad; more than that but fewer than {{re}} pass this lot too and end reduced inspection. A lot with {{rate}} % bad still passes {{times}} times in 100, and one with {{tenth}} % bad at most 10 times in 100.',
    isolated:
      '{{n}} drawn, at most {{ac}} bad: this lot passes {{times}} times in 100 if {{rate}} % of it are bad, and {{halfTimes}} times in 100 if {{half}} % are. It says nothing of other lots.',
    isolatedZero:
      '{{n}} drawn, none may be bad: this lot passes {{times}} times in 100 if {{rate}} % of it are bad, and finding none still leaves up to {{upper}} % of it bad (at 95 % confidence). It says nothing of other lots.',
    double:
      '{{n1}} drawn, and {{n2}} more where more than {{ac1}} but fewer than {{re1}} of them are bad; it passes with {{ac1}} bad in the first, or with {{ac}} in both. A lot with {{rate}} % bad still passes {{times}} times in 100, and one with {{tenth}} % bad at most 10 times in 100.',
    doublePerHundred:
      '{{n1}} drawn, and {{n2}} more where they hold more than {{ac1}} but fewer than {{re1}} defects; it passes with {{ac1}} defects in the first, or with {{ac}} in both. Work with {{ltpd}} defects per hundred units as a whole still passes 10 times in 100.',
    sequential:
      'Unit by unit until the count of bad ones meets a line, {{n}} units at most. Work with {{good}} % bad is turned away {{turnedAway}} times in 100 and takes {{mean}} units on average; work with {{bad}} % bad still passes {{passes}} times in 100. Between the two it takes longest, up to {{longest}} units on average. An early stop decides the lot; it does not measure it as a whole sample would.',
    full: 'All {{n}} units are inspected: the lot passes with at most {{ac}} bad units found. What inspection overlooks stays in it.',
  },
  standards: {
    discovery: 'accepts on zero, hypergeometric (not ISO 2859-1)',
    isolated: 'isolated lot, hypergeometric (not ISO 2859-1)',
    sequential: 'Wald sequential plan (not ISO 2859-1)',
    ownDouble: 'double plan of one’s own (not ISO 2859-1)',
    z14Double: 'ANSI/ASQ Z1.4, double sampling',
    wholeLot: 'the whole lot: a single unit (ISO 2859-1 begins at two)',
  },
  notes: {
    arrow: 'The cell of letter {{from}} is an arrow: the plan of letter {{to}} applies as a whole.',
    fullInspection: 'The plan asks for {{n}} units and the lot has {{lot}}: every unit is inspected.',
    perHundredUnits:
      'AQL {{aql}} counts defects per hundred units here, every defect of a unit, not nonconforming units. It is another plan than percent nonconforming, even where the numbers are the same.',
    gap: 'More than {{ac}} but fewer than {{re}}: the lot is accepted, and inspection returns to normal.',
    doubleOfZ14:
      'This is the double plan of ANSI/ASQ Z1.4. ISO 2859-1:1999 has double plans of its own, which are not the same throughout and are not held here.',
    doubleIsSingle:
      'The standard has no double plan here and names the single plan of the same cell; this is it.',
    singleSource:
      'The numbers of this table come from one transcription; check them against your copy of the standard.',
    unsureCell:
      'Transcriptions disagree on this cell: another one gives n {{n}}, Ac {{ac}}, Re {{re}}. Check it against your copy of the standard.',
    sequentialOrder:
      'Units must be judged in the random order in which they were drawn: in any other order the risks of this plan do not hold.',
    clusteredLines:
      'The lines stand {{factor}} times as far apart as for independent units, for units of one scene that share their errors. The curve is that of independent units; shared errors bring the risks back to about those that were asked for.',
    notIso: 'This plan accepts on zero and is not a plan of ISO 2859-1.',
  },
} as const;
