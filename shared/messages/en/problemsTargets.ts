/** Why something may not be queued beside the sample, or an error not be put in. */
export default {
  'target-queued-twice': '{{target}} is in the targeted queue already.',
  'target-chance-odd': 'Targets carry a chance where they were drawn, all of them, and only there.',
  'target-unknown': '{{target}} is not in the targeted queue.',
  'target-in-sample': '{{target}} is in the sample. It is judged there, and its verdict holds here too.',
  'target-judged': '{{target}} has been judged and stays in the targeted queue.',
  'target-drawn':
    '{{target}} was drawn with a known chance. It stays in the queue, or the estimate would be bent.',
  'targets-file-too-large': 'The file is too large to be a list of targets.',
  'targets-file-unreadable':
    'This is no list of targets: {{place}} is not as it should be. It needs "source" ("check" or "model") and "targets", each with "unit" and "reason".',
  'targets-too-many': '{{count}} targets at once are more than the {{most}} that a list may hold.',
  'target-units-unknown': '{{count}} units are not in this delivery and were left out: {{units}}.',
  'weights-file-too-large': 'The file is too large to be a list of weights.',
  'weights-file-unreadable':
    'This is no list of weights: {{place}} is not as it should be. A CSV needs the columns unit and weight, each weight a number above 0.',
  'weights-match-none':
    'The file names no unit of the lot, so nothing would be drawn sooner than anything else.',
  'weights-not-for-unit': 'Units of this lot are whole frames or scenes. Give the weights as a file.',
  'seeds-need-lead': 'Only a lead or a manager puts errors in for the auditors to find.',
  'seed-twice': 'An error to be put in is listed twice.',
  'seed-in-sample': '{{unit}} is in the sample. An error is put in on labels outside it only.',
  'seed-unknown': 'No error with the name {{seed}} was put in.',
  'seeds-need-cuboids': 'Errors can be put in on cuboids only. The units of this lot are of another kind.',
  'seeds-not-possible':
    'No label outside the sample lends itself to an error: too few points, no tolerance in the spec, or nothing left that was not drawn.',
  'seed-judged': 'You have judged {{seed}} already.',
} as const;
