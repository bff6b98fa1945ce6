/** Trouble on the machine's side: files and folders, the journal, and who may ask for what. */
export default {
  'file-missing': 'The file is not there: {{path}}.',
  'file-unreadable': 'The file cannot be read ({{reason}}): {{path}}.',
  'file-not-writable': 'This cannot be written ({{reason}}): {{path}}.',
  'folder-missing': 'There is no such folder: {{path}}.',
  'folder-unreadable': 'The folder cannot be read ({{reason}}): {{path}}.',
  'folder-link-skipped': 'A link to a folder was left out; its files are listed where they lie: {{path}}.',
  'folder-in-delivery': 'Nothing is ever written into a delivery. Choose a folder outside it: {{path}}.',
  'link-leaves-root': 'A link that leads out of the delivery was refused: {{path}}.',
  'path-outside-root': 'This path leads out of its folder and was refused: {{path}}.',
  'path-not-listed':
    'This folder is not among those Assay was started for. Start it with the folder as argument: {{path}}.',
  'path-not-absolute': 'Give the whole path, from the root of the disk: {{path}}.',
  'sensors-not-a-folder': 'Sensor data must be a folder: {{path}}.',
  'file-changed':
    'This file is no longer as it was when the delivery was opened. Open the delivery again to see it as it is now: {{path}}.',
  'labels-changed':
    'The label files are no longer those that were judged, so nothing was signed. Put the delivered files back, or take the folder away and sign the record alone.',
  'names-differ-in-case':
    'This name and {{other}} differ in nothing but case or accents; other systems take them for one file: {{path}}.',
  'archive-damaged': 'The archive is damaged or cut off; what could be read of it was. {{path}}',
  'archive-not-known': 'This is not a zip, tar or tar.gz archive: {{path}}.',
  'archive-in-parts': 'This is one part of an archive in several parts, which is not read here: {{path}}.',
  'archive-too-many': 'The archive lists more files than any delivery has, and was refused: {{path}}.',
  'archive-file-damaged':
    'This file of the archive does not hold what the archive states, and cannot be read: {{path}}.',
  'archive-file-not-readable':
    'This file of the archive is encrypted, has holes, shares its bytes with another, or is packed in a way that is not read here: {{path}}.',
  'archive-file-too-large':
    'This file of the archive would unpack to far more than any delivery, and was left out: {{path}}.',
  'archive-not-a-file': 'A link or a device in the archive was left out: {{path}}.',
  'archive-name-twice': 'The archive holds this file more than once; the last one is used: {{path}}.',
  'archive-path-unsafe':
    'The archive holds a file whose name leads out of it or means something else on another system; it was left out: {{path}}.',
  'archive-too-large': 'The archive unpacks to far more than any delivery would, and was refused: {{path}}.',
  'cache-too-small':
    'This needs {{gigabytes}} GB in the cache, which may hold {{budget}} GB. Start Assay with a larger ASSAY_CACHE_GB.',
  'delivery-not-open': 'The delivery is no longer open here. Open it again.',
  'delivery-too-large': 'This machine has not enough memory to index the delivery.',
  'order-unreadable':
    'This is not an order file: it must list scene or frame ids, as text, CSV or JSON. {{path}}',
  'audit-unknown': 'There is no audit {{audit}}.',
  'audit-missing': 'There is no record of an audit in this folder: {{path}}.',
  'audit-unreadable': 'Not even the first entry of this record can be verified: {{path}}.',
  'audit-read-only': 'The audit is open for writing elsewhere, so nothing can be recorded here.',
  'audit-moved-on': 'The record is at entry {{actual}}, not at {{expected}}. Reload to see what was added.',
  'audit-place-taken': 'Another record of this audit lies there already: {{path}}.',
  'journal-not-writable':
    'The record cannot be written ({{reason}}). Your last entry is not saved. Folder: {{path}}.',
  'draft-not-allowed': 'An entry of the kind {{type}} is recorded by Assay itself, not by a screen.',
  'priors-need-accepted':
    'Priors are learned from accepted lots alone: this audit is not signed as accepted, or its signature does not hold.',
  'priors-learned-already': 'These labels were learned from before; a lot counts once. Batch: {{batch}}.',
  'priors-damaged':
    'The document of usual values cannot be used, at {{place}}: {{reason}}. Mend it, or take it away so that the shipped values hold: {{path}}.',
  'priors-moved-on':
    'The priors are at revision {{actual}}, not at {{expected}}. Reload to see what was changed.',
  'spec-hash-differs': 'The QA spec does not have the hash it was sent with.',
  'event-too-large': 'This entry is too large to be recorded.',
  'picture-too-large': 'The picture is larger than 4 MiB and was not kept.',
  'picture-not-png': 'The picture is not a PNG and was not kept.',
  'picture-hash-differs': 'The picture does not have the hash it was sent with and was not kept.',
  'picture-not-writable': 'The picture could not be written ({{reason}}). The verdict is not affected.',
  'pdf-not-possible': 'There is no way to print a PDF here. Export HTML and print it from a browser.',
  'pick-not-possible': 'There is no folder dialog here. Choose the folder in the list.',
  'reveal-not-possible': 'Files cannot be shown in a file manager from here.',
  'bundle-unreadable': 'This is not an audit bundle, or it is damaged: {{path}}.',
  'bundle-too-large': 'The bundle unpacks to more than {{maxBytes}} bytes and was refused.',
  'bundle-path-unsafe': 'The bundle holds a file whose name leads out of it, and was refused: {{path}}.',
  'bundle-broken': 'The record in this bundle does not verify ({{chain}}); nothing was taken from it.',
  'method-unknown': 'This version of Assay does not know {{method}}.',
  'call-input-invalid': 'The request {{method}} is not complete: {{place}} {{reason}}.',
  'call-not-json': 'Requests must be sent as JSON.',
  'call-too-large': 'The request is larger than {{maxBytes}} bytes and was refused.',
  'client-invalid': 'This window sent no usable name. Reload it.',
  'host-fault':
    'An error inside Assay while it answered {{method}}. Nothing was recorded; the log has the details.',
  'port-in-use':
    'Port {{port}} is taken, perhaps by an Assay that is still running. Close it, or choose another with --port.',
  'port-not-possible': 'Assay cannot listen on port {{port}} ({{reason}}).',
  'serve-host-foreign': 'Open Assay at the address that was printed in the terminal.',
  'serve-origin-foreign': 'Another site asked for this. Assay answers only its own pages.',
  'serve-token-wrong': 'This address is not valid. Open the one that was printed in the terminal last.',
  'serve-token-used': 'This address has been used already. A fresh one has been printed in the terminal.',
  'serve-no-session': 'This browser is not signed in. Open the address that was printed in the terminal.',
} as const;
