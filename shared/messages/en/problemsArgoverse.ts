/** What can be wrong with Arrow files and with an Argoverse 2 log. */
export default {
  'arrow-damaged': 'The Arrow file is damaged or cut off ({{part}}). {{path}}',
  'arrow-too-large': 'There is not enough memory to read this table. {{path}}',
  'arrow-feather-old': 'This is a Feather file of version 1, which is not read; version 2 is. {{path}}',
  'arrow-big-endian':
    'The Arrow file was written with its bytes in big-endian order, which is not read. {{path}}',
  'arrow-type-unknown': 'Column {{column}} is of type {{type}}, which is not read. {{path}}',
  'feather-fields-missing':
    'The cloud has no x, y and z that are numbers. Its columns are: {{fields}}. {{path}}',

  'argoverse-columns-missing': 'The table lacks the columns {{columns}}. {{path}}',
  'argoverse-labels-absent': 'Log {{scene}} has no annotations, as in a test split.',
  'argoverse-poses-absent':
    'Log {{scene}} has no usable {{name}}, so nothing tells how the vehicle moved. {{path}}',
  'argoverse-pose-bad': '{{rows}} rows of the table are not a time with a pose and were left out. {{path}}',
  'argoverse-pose-missing':
    'The poses of log {{scene}} do not reach {{frames}} of its frames, which have no place in the world.',
  'argoverse-row-bad': 'The label has no time and was left out ({{place}}). {{path}}',
} as const;
