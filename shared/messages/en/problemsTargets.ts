/** Why something may not be queued beside the sample, or an error not be put in. */
export default {
  'target-queued-twice': '{{target}} is in the targeted queue already.',
  'target-chance-odd': 'Targets carry a chance where they were drawn, all of them, and only there.',
  'target-unknown': '{{target}} is not in the targeted queue.',
  'target-in-sample': '{{target}} is in the sample. It is judged there, and its verdict holds here too.',
  'target-judged': '{{target}} has been judged and stays in the targeted queue.',
  'target-drawn':
    '{{target}} was drawn with a known chance. It stays in the queue, or the estimate would be bent.',
  'seeds-need-lead': 'Only a lead or a manager puts errors in for the auditors to find.',
  'seed-twice': 'An error to be put in is listed twice.',
  'seed-in-sample': '{{unit}} is in the sample. An error is put in on labels outside it only.',
  'seed-unknown': 'No error with the name {{seed}} was put in.',
  'seeds-need-cuboids': 'Errors can be put in on cuboids only. The units of this lot are of another kind.',
  'seeds-not-possible':
    'No label outside the sample lends itself to an error: too few points, no tolerance in the spec, or nothing left that was not drawn.',
  'seed-judged': 'You have judged {{seed}} already.',
} as const;
