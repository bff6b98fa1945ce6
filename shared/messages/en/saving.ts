/** What is saved, where and since when. */
export default {
  idle: 'Nothing to save',
  saving: 'Saving',
  saved: 'Saved {{at}}',
  savedHere: 'Saved on this machine at {{at}}, in {{folder}}',
  unsaved_one: '{{count}} entry not saved',
  unsaved_other: '{{count}} entries not saved',
  readOnly: 'Read only',
  readOnlyHeld: {
    process:
      'Another Assay has this audit open for writing: process {{pid}} on {{host}}, since {{since}}. You can read everything here; nothing can be recorded.',
    window:
      'Another window of this program has this audit open for writing. You can read everything here; nothing can be recorded.',
    unknown:
      'Another program is taking this audit for writing. You can read everything here; nothing can be recorded.',
    disk: 'The folder of this audit cannot be written ({{reason}}). You can read everything here; nothing can be recorded.',
  },
  readOnlyNoProfile: 'Choose who you are before you record anything.',
  takeOver: 'Try again to write',
  unsavedBanner:
    'Your last entries are on this screen but not on disk. {{problem}} They are sent again by themselves; you can also go on in another folder.',
  retry: 'Save now',
  moveTo: 'Go on in another folder',
  movedTo: 'The audit goes on in {{folder}}',
  recovered:
    'The end of the record could not be verified. Everything up to entry {{seq}} is intact and was kept; what came after it is not part of the audit.',
  rebuilt: 'The copy in this window did not agree with the record on disk and was made anew from the record.',
  resent_one: '{{count}} entry from before the restart was saved now.',
  resent_other: '{{count}} entries from before the restart were saved now.',
  refused: 'Not recorded: {{problem}}',
  noShelf: 'This window cannot keep a local copy. Entries are still saved on disk one by one.',
} as const;
