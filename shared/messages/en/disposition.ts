/** The disposition screen. Counts, rates and defects use the words of the report. */
export default {
  outcome: {
    met: 'The plan is met.',
    'not-met': 'The plan is not met:',
    undecidable: 'The plan is not decided:',
  },
  because: {
    'not-met': '{{found}} {{severity}} among {{n}} {{sample}}, at most {{ac}} allowed.',
    undecidable:
      '{{found}} {{severity}} found among {{n}} {{sample}} and {{open}} not settled, at most {{ac}} allowed.',
  },
  why: {
    unjudged: 'not judged',
    unsure: 'unsure',
    uninspectable: 'uninspectable',
    disagreement: 'auditors differ',
    'on-hold': 'on hold: sensor data',
  },
  upTo: 'up to {{most}}',
  secondLook: 'Second look',
  unfinished_one: '{{count}} unit is not judged yet',
  unfinished_other: '{{count}} units are not judged yet',
  unfinishedText:
    'How the lot stands is hidden while it is judged, so that it cannot lean on the next verdict. It is shown once every unit is judged, or as soon as a rejection number is reached.',
  showStanding: 'Show how the lot stands',
  signTitle: 'Disposition',
  followsOutcome: 'follows the plan',
  signNote: 'Signed by this device under your profile name.',
  sign: 'Sign',
  signedEntries: 'Signed entries',
  entrySeq: 'entry {{seq}}',
  replaced: 'replaced',
  handOver: 'Hand over',
  withPictures: 'with pictures',
  chooseFolder: 'Choose folder',
  usualFolder: 'Into the audit’s own exports folder.',
  kinds: {
    html: 'Report (HTML)',
    pdf: 'Report (PDF)',
    json: 'Record (JSON)',
    csv: 'Findings (CSV)',
    estimates: 'Rates (CSV)',
    rework: 'Rework list (CSV)',
    bundle: 'Audit bundle',
  },
} as const;
