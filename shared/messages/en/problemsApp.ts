/** Problems the interface itself can meet. */
export default {
  unknown: 'Something went wrong ({{code}}). {{path}} {{place}}',
  unexpected: 'An error inside Assay: {{message}}. Your record on disk is not touched; reload to go on.',
  'host-unreachable': 'Assay is not answering. Check that the program is still running, then try again.',
  'host-refused':
    'Assay refused the request (status {{status}}). Open the address that the start command printed.',
  'host-answer-broken':
    'The answer of Assay could not be read ({{method}}). Reload; if it stays, the program and this page are of different versions.',
  'append-slow': 'The disk has not answered yet.',
  'route-unknown': 'There is no screen at this address.',
  'profile-missing': 'Nobody has said who judges here. Choose a profile first.',
  'delivery-changed':
    'The labels are not those of the intake: at least one label file has changed since then. This audit judges the labels as they were delivered; open the unchanged folder, or start an audit of the new delivery.',
  'audit-empty': 'This audit holds no readable entry.',
} as const;
