/** The rework screen. Columns and states of findings use the words of the report. */
export default {
  title: 'Findings and the vendor’s answers',
  none: 'There are no findings to answer.',
  import: 'Import the filled list',
  imported_one: '{{count}} answer taken from {{name}}.',
  imported_other: '{{count}} answers taken from {{name}}.',
  noPicture: 'The picture is not in the audit’s folder.',
  lookAtIt: 'Look at it',
  takeBack: 'The vendor is right: take it back',
  keep: 'The finding stands',
  isFixed: 'Seen to be fixed',
  isNotFixed: 'Not fixed',
  record: 'Record',
  ask: {
    overturn: 'Take the finding back',
    uphold: 'Let the finding stand',
    'not-fixed': 'The finding is not fixed',
  },
  askText: {
    overturn: 'The finding no longer counts. Where it changes the outcome, a new signed entry is due.',
    uphold: 'The finding stays as it is. The reason goes into the record and to the vendor.',
    'not-fixed': 'Say what is still wrong. It goes into the record and to the vendor.',
  },
  next: 'Redelivery',
  nextText:
    'A redelivery is submission {{number}} of this batch: the old findings are looked at again, and a fresh sample is drawn.',
  openRedelivery: 'Open the redelivery',
  oldNone: 'The submission before left no finding to look at.',
  how: {
    label: 'same label, {{meters}} m away',
    track: 'same track, {{meters}} m away',
    nearest: 'nearest label, {{meters}} m away',
    none: 'no label there now',
  },
} as const;
