/** Defect rates by class, range, scene and code, and what clustering does to them. */
export default {
  title: 'Where the defects are',
  compareBy: 'Compare by',
  by: { class: 'Class', range: 'Distance', scene: 'Scene', code: 'Defect code' },
  restsOn:
    'Rests on the first {{n}} units of the draw: the largest part fixed beforehand that is judged to its end. What was judged beyond it is left out, since where judging ended depended on what it found.',
  lead: 'Share of judged units with a defect, and where the share may lie at {{confidence}} % confidence. The upright line is all units together, the band its limits.',
  leadCode:
    'Share of judged units that carry the code, and where the share may lie at {{confidence}} % confidence. The upright line is units with any defect.',
  axis: 'share of units, %',
  row: '{{found}} of {{n}}: {{rate}} ({{lower}} to {{upper}})',
  rowNone: '0 found among {{n}}, at most {{upper}}',
  rowWhole: '{{found}} of all {{n}}: {{rate}}',
  rowWholeNone: 'none among all {{n}}',
  rowOpen: '{{row}}, {{open}} open',
  all: 'all units: {{rate}}',
  allNone: 'all units: at most {{upper}}',
  noClass: 'no class',
  band: '{{from}} to {{to}} m',
  beyond: 'beyond {{from}} m',
  more: 'and {{count}} more',
  showAll: 'Show all {{count}}',
  few: 'Faint lines rest on fewer than {{few}} units.',
  many: '{{count}} groups are compared, each at {{confidence}} %: about one line in twenty misses by chance alone.',
  standsOutNone:
    'With so many comparisons taken into account, none differs from the rest by more than chance (Fisher’s exact test, Bonferroni).',
  standsOut:
    'Marked with a triangle: differs from the rest by more than chance even with so many comparisons (Fisher’s exact test, Bonferroni).',
  unknown: {
    class: 'These units have no class.',
    range: 'The distance of the units is not in this record.',
    scene: 'These units have no scene.',
    code: 'No defect was found, so there is no code to show.',
  },
  waiting:
    'Nothing is shown yet: rates are stated once the units of a plan are judged to the last, so that where judging ended does not depend on what it found.',
  withheld: {
    unfinished: '{{name}}: no interval yet, {{judged}} of {{n}} judged.',
    'decided-early':
      '{{name}}: no interval. The plan decided after {{judged}} of at most {{n}}; where it stops depends on what it finds, and limits for a fixed number would be false.',
    stopped:
      '{{name}}: no interval. The lot was decided with {{judged}} of {{n}} judged; where the sample stopped depended on what it found.',
    'open-unbounded':
      '{{name}}: no interval. Defects are counted and a unit is open, which may hold any number of them.',
  },
  perHundred: 'defects per hundred units',
  bound: {
    'finite-lot':
      'Exact limits for this lot of {{lot}} units (hypergeometric). Lines have two sides; what is said with “at most” has one, and so has a line where nothing was found.',
    'one-by-one':
      'Groups have exact limits (Clopper and Pearson). They are wide rather than narrow: on average they hold 96 to 98 times in 100.',
    effective:
      'Limits are exact for the effective number of units (Korn and Graubard): in simulation they held 95 to 99 times in 100, where Student’s interval fell to 60 with few defects in uneven strata.',
    'none-found':
      'Nothing was found, so there is no spread to measure: the limit is the worst rate under which finding nothing still has a chance of 5 %.',
    'defect-counts': 'Exact limits for counts of defects (Garwood), in defects per hundred units.',
    'all-judged': 'Everything was judged: this is the lot itself, not an estimate.',
  },
  strata:
    'The draw went by strata: each counts with its share of the lot, and units drawn beyond the plans are in the estimate.',
  missed: {
    title: 'Missed objects',
    axis: 'share of objects, %',
    lead: 'Missed objects out of all that should be labelled, from {{cells}} cells searched.',
    all: 'all cells',
    note: 'Objects of one cell are seen together, so the limits rest on the cells: {{n}} objects are worth {{effective}} seen one by one. Objects of a cell are taken to be alike by {{rho}} at least; where they are more alike than 0.25 the limits are too narrow.',
    oneCell: 'All objects lie in one cell: these limits are a guide and no more.',
    leftOut_one: '{{count}} cell could not be searched or left somebody unsure; it is not in the rate.',
    leftOut_other: '{{count}} cells could not be searched or left somebody unsure; they are not in the rate.',
    waiting: 'Stated once every drawn cell is searched.',
  },
  clusters: {
    title: 'What units of few scenes are worth',
    worth_one: '{{units}} {{unit}} from {{count}} scene carry the information of {{effective}}.',
    worth_other: '{{units}} {{unit}} from {{count}} scenes carry the information of {{effective}}.',
    worthMeasured:
      'So far apart do the scenes lie in what was found (design effect {{deff}}, as scenes usually go {{predicted}}).',
    worthPredicted:
      'As scenes usually go: units of one scene alike by {{rho}}, {{perScene}} a scene, design effect {{deff}}.',
    fine_one:
      '{{units}} {{unit}} from {{count}} scene: design effect {{deff}}, worth {{effective}}. Enough scenes; nothing to mend.',
    fine_other:
      '{{units}} {{unit}} from {{count}} scenes: design effect {{deff}}, worth {{effective}}. Enough scenes; nothing to mend.',
    holds:
      'For this lot the counts and limits stand, since its units were drawn from all of it. It is of the vendor’s work beyond these scenes that they say less.',
    enough: 'To tell as much as {{wanted}} from scenes of their own, {{units}} would be enough.',
    enoughBeyond:
      'To tell as much as {{wanted}} from scenes of their own, {{units}} would be needed, and the lot has {{lot}}. Take tracks or scenes as units, or more scenes.',
    notEnough_one:
      'No number of units from {{count}} scene is enough to tell as much as {{wanted}}: at most {{most}}. Take tracks or scenes as units, or more scenes.',
    notEnough_other:
      'No number of units from {{count}} scenes is enough to tell as much as {{wanted}}: at most {{most}}. Take tracks or scenes as units, or more scenes.',
    otherPlan:
      'With the risks of n {{n}}, Ac {{ac}} held for such scenes: n {{newN}}, Ac {{newAc}}. That is a plan of its own; a larger n with the old Ac is no plan of ISO 2859-1.',
    noPlan:
      'No plan from these scenes holds the risks of n {{n}}, Ac {{ac}}; a larger n with the old Ac is no plan of ISO 2859-1.',
    tracks_one:
      '{{units}} of the units belong to {{count}} track drawn more than once: boxes of one track share one error.',
    tracks_other:
      '{{units}} of the units belong to {{count}} tracks drawn more than once: boxes of one track share one error.',
    severity: 'Severity',
    any: 'any',
    found: 'Defective',
    deff: 'Design effect of scenes',
    effective: 'Worth',
    trackDeff: 'Design effect of tracks',
    oneScene: 'one scene only',
    notMeasured: 'nothing found',
    few: 'Measured between fewer than ten scenes, or from few defects, a design effect is a rough guess.',
  },
  combined: {
    title: 'Targets drawn with known chances',
    sample: 'the sample',
    together: 'both together',
    atMost: '0 found, at most {{upper}}',
    between: '{{rate}} ({{lower}} to {{upper}})',
    lead: 'Targets that were drawn with known chances may enter an estimate through them (Hajek); targets that somebody picked never do. The plan is decided by the sample alone.',
    total:
      '{{name}}: about {{total}} bad units in {{population}} (standard error {{se}}, Horvitz and Thompson).',
    otherLot:
      'The targets were drawn from other units than the sample, so the two are shown side by side and not combined.',
    byStrata: 'The sample was drawn by strata, so the two are shown side by side and not combined.',
    open: 'While units are open the two are not combined.',
    unfinished_one: '{{count}} draw of targets is not judged to the end and waits.',
    unfinished_other: '{{count}} draws of targets are not judged to the end and wait.',
  },
  csv: {
    part: 'Part',
    group: 'Group',
    found: 'Found',
    judged: 'Judged',
    open: 'Open',
    share: 'Share',
    lower: 'Lower limit',
    upper: 'Upper limit',
    rests: 'Rests on',
    parts: {
      severity: 'Severity',
      class: 'Class',
      range: 'Distance',
      scene: 'Scene',
      code: 'Defect code',
      missed: 'Missed objects',
    },
  },
} as const;
