/** Why something may not be recorded, drawn, merged or read back. */
export default {
  'audit-not-opened': 'This record has no opening entry yet. Create the audit first.',
  'audit-already-opened': 'This audit is open already.',
  'audit-signed':
    'This lot is signed and can no longer be changed. A correction is a new signed entry after an upheld dispute.',
  'audit-not-signed': 'Sign the lot first: what the vendor is handed must no longer change.',
  'delivery-is-another':
    'These label files are not the ones this audit was opened on: their hash differs. Open the delivery it belongs to, or start a new audit.',
  'source-is-another':
    'This audit judges the labels called "{{source}}". Open the delivery with those under audit.',
  'spec-not-chosen': 'No QA spec is chosen yet.',
  'spec-after-verdict':
    'The QA spec is fixed once the first verdict is given. Undo the verdicts, or start a new audit.',
  'plan-not-frozen': 'No sample is drawn yet. Freeze a plan first.',
  'plan-of-another-spec': 'The sample was drawn under another QA spec. Draw it again before judging.',
  'plan-counts-defects':
    'AQL {{aql}} counts defects per hundred units, but this spec counts each unit once. Choose an AQL of 10 or less.',
  'replan-without-plan': 'There is no draw to replace: this is the first one.',
  'replan-without-reason': 'A second draw needs a reason. It is printed in the report.',
  'replan-of-another-plan': 'The sample was drawn again meanwhile. Reload and look at it first.',
  'draw-of-wrong-size': 'The draw holds {{drawn}} different units where its plans need {{needed}}.',
  'lot-empty': 'Nothing in this delivery is within the scope of the QA spec, so there is no lot to judge.',
  'lot-needs-point-counts':
    'The QA spec leaves out labels with fewer than {{minimum}} points, and the points are not counted yet.',
  'unit-not-drawn': '{{unit}} is not in the sample. Note a fault beside the sample as a finding instead.',
  'unit-not-inspectable':
    '{{unit}} cannot be read, so it can be found neither good nor bad. It stays in the sample as uninspectable.',
  'verdict-not-standing': 'This verdict on {{unit}} no longer stands. Reload to see the one that does.',
  'verdict-with-defects': 'Only a rejection names defects.',
  'reject-without-defect': 'A rejection names at least one defect.',
  'hold-without-fault': 'Name the fault of the sensor data that puts this unit on hold.',
  'hold-with-vendor-defect':
    "A unit on hold names faults of the sensor data only. Reject it if the vendor's work is wrong as well.",
  'defect-unknown': 'The QA spec has no defect {{code}}.',
  'defect-twice': '{{code}} is named twice on one unit.',
  'defect-of-data':
    '{{code}} is a fault of the sensor data and never counts against the vendor. Put the unit on hold with it.',
  'defect-not-for-labels': '{{code}} can only be found in a search cell: a missed object has no label.',
  'defect-not-for-cells': '{{code}} can only be found on a label.',
  'one-slip-one-code': 'One geometric slip has one code: position or size, not both.',
  'cell-missed-unsearched':
    'Only a searched cell counts missed objects. Finish the search, or leave them out.',
  'finding-unknown': 'There is no finding {{finding}} in this audit.',
  'finding-closed': 'Finding {{finding}} is settled and takes no further answer.',
  'finding-of-sample': 'Finding {{finding}} belongs to the sample. Change its verdict instead.',
  'finding-noted-twice': 'This finding is noted already.',
  'finding-not-disputed': 'Finding {{finding}} is not disputed.',
  'ruling-by-vendor': "The vendor cannot rule on a dispute in the client's audit.",
  'reason-missing': 'Give a reason. It stays in the record.',
  'blind-needs-lead': 'Only a lead or a manager can set whether units are judged blind.',
  'unit-not-judged': 'You have not judged {{unit}} yet, so there is no verdict to be repeated.',
  'undo-of-another': 'The verdict on {{unit}} is someone else’s. Who gave it, or a lead, can take it back.',
  'adjudication-of-nothing': 'Nobody differs on {{unit}} any more, so there is nothing to settle.',
  'adjudication-of-others':
    'The verdicts on {{unit}} are others than those that were shown. Look at them again before settling.',
  'adjudication-by-party':
    'You are one of the two who differ on {{unit}}. A lead or a third person settles it; or judge it again yourself, if you see it otherwise now.',
  'adjudication-by-vendor': "The vendor cannot settle what two auditors differ on in the client's audit.",
  'standing-needs-lead': 'Only a lead or a manager can show how the lot stands while it is judged.',
  'sign-unfinished':
    '{{left}} units are not judged yet. Signing early is possible only once a rejection number is reached.',
  'sign-needs-second-look':
    'The outcome depends on {{waiting}} units that are unsure, uninspectable or disputed between auditors. Look at them a second time, or settle what is disputed, before signing.',
  'sign-outcome-moved': 'The outcome changed since it was shown. Look at it again before signing.',
  'sign-head-moved': 'The record went on since the signature was prepared. Sign again.',
  'sign-supersedes-wrong': 'This entry does not name the signed entry it replaces.',
  'sign-needs-reason': 'The disposition differs from the outcome of the plan. Give the reason.',
  'event-newer-than-app':
    'Entry {{seq}} ({{type}}) was written by a newer Assay. Update Assay to open this record; it was left as it is.',
  'event-unreadable': 'Entry {{seq}} cannot be read: {{place}} {{reason}}.',
  'merge-of-another-audit': 'These are two different audits; they cannot be merged.',
  'rework-too-large':
    'The list has {{bytes}} bytes, more than any rework list. Check that it is the right file.',
  'rework-columns-missing':
    'The list lacks the columns {{columns}}. Its first line must hold the headings it was sent with.',
  'rework-finding-missing': 'This row names no finding, so its answer was left out.',
  'rework-finding-unknown': 'There is no finding {{finding}} in this audit, so its answer was left out.',
  'rework-finding-closed': 'Finding {{finding}} is settled, so its answer was left out.',
  'rework-answered-twice': 'Finding {{finding}} is answered more than once; the first answer was taken.',
  'rework-answer-ambiguous':
    'Finding {{finding}} is marked in more than one of agree, dispute and fixed, so no answer was taken.',
  'rework-mark-unknown': 'Finding {{finding}}: “{{mark}}” is neither yes nor no, so no answer was taken.',
  'rework-dispute-without-remark':
    'Finding {{finding}} is disputed without a remark. The dispute was taken; ask the vendor for the reason.',
  'rework-remark-without-answer': 'Finding {{finding}} has a remark but no answer, so nothing was taken.',
  'ledger-needs-lead': 'Only a lead auditor or a manager enters this in a switching ledger.',
  'ledger-reduced-not-due':
    'Reduced inspection can be agreed on normal inspection with steady production, once the switching score has reached {{needed}}. It is {{score}}.',
  'ledger-reduced-by-score':
    'Reduced inspection is entered by agreement once the switching score allows it, never set.',
  'ledger-not-discontinued': 'Inspection is not discontinued here, so there is nothing to resume.',
  'ledger-says-so-already': 'The ledger says so already.',
  'ledger-step-unknown':
    "Entry {{seq}} is not a person's entry that still stands, so it cannot be taken back.",
  'ledger-series-unknown': 'The ledger has no lots of {{series}}.',
  'ledger-unknown': 'There is no switching ledger {{ledger}} on this machine.',
  'ledger-moved-on':
    'The ledger has moved on to entry {{actual}} meanwhile. Look at it again before you enter this.',
  'ledger-damaged':
    'Line {{line}} of this switching ledger does not hold: it was changed after it was written. What stands before it is shown, and nothing is added. Set the file aside, and Assay begins it anew from the signed audits; what people entered is then to be entered again.',
  'ledger-entry-unreadable':
    'Entry {{seq}} of this switching ledger cannot be read ({{reason}} at {{place}}). What stands before it is shown, and nothing is added.',
  'ledger-too-large':
    'This file is larger than any switching ledger grows ({{maxBytes}} bytes), so it is not read. Set it aside, and Assay begins it anew from the signed audits.',
  'ledger-busy': 'Another program holds this switching ledger. Try again in a moment.',
  'ledger-not-writable':
    'The switching ledger could not be written ({{reason}}). Nothing was entered; signed lots are entered as soon as it can be.',
  'ledger-signature-broken':
    'The signature of entry {{seq}} of audit {{audit}} does not hold, so the lot was not entered in the switching ledger.',
  'finding-answered': '{{finding}} has an answer already. Take it back first.',
  'finding-not-answered': '{{finding}} has no answer that could be taken back.',
  'answer-odd':
    'The answer to {{finding}} does not fit together: a defect has a code and a target, anything else has a reason.',
} as const;
