/** What can be wrong with recordings. */
export default {
  'mcap-not-indexed':
    'The recording was cut off before anything in it was whole, or is written in a way that has no index. {{path}}',
  'mcap-cut-off':
    'The recording was cut off, or never closed: what was whole in it was read, its end is missing. {{path}}',
  'mcap-damaged': 'The recording is damaged: parts of it are not where its index says. {{path}}',
  'mcap-no-sensors':
    'The recording holds neither point clouds nor compressed pictures that can be read. {{path}}',
  'mcap-encoding-unknown':
    'Messages of {{topic}} are written in a way that is not known here ({{encoding}}). {{path}}',
  'mcap-messages-bad':
    '{{messages}} messages of {{topic}} are not what they are said to be and were left out. {{path}}',
  'mcap-message-bad': 'The message {{place}} is not what it is said to be. {{path}}',
  'mcap-message-missing': 'The recording has no message {{place}}. {{path}}',
  'mcap-picture-format':
    'Pictures of {{topic}} are of a format that is not shown here ({{format}}). {{path}}',
  'mcap-cloud-fields':
    'The cloud {{place}} has no x, y and z within its points. Its fields are: {{fields}}. {{path}}',
  'mcap-cloud-short': 'The cloud {{place}} ends early: {{found}} of {{stated}} points are there. {{path}}',
  'mcap-transforms-unusable':
    '{{transforms}} transforms are no rotation with a place and were left out. {{path}}',
  'mcap-frame-two-parents':
    'Frame {{frame}} hangs below two others at once; the first one was taken. {{path}}',
  'mcap-transform-missing':
    'No transforms lead from {{from}} to {{to}}, so the two have no common place. {{path}}',
} as const;
