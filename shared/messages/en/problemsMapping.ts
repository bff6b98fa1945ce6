/** What can be wrong with a mapping, and with a delivery that is read by one. */
export default {
  'mapping-not-json': 'The mapping is not JSON. {{path}}',
  'mapping-too-large': 'The mapping is longer than {{bytes}} characters and was refused. {{path}}',
  'mapping-key-unknown': 'The mapping has "{{key}}" at {{place}}, which means nothing here. {{path}}',
  'mapping-value-bad':
    'What the mapping says at {{place}} cannot be used; it should be: {{expected}}. {{path}}',
  'mapping-field-needed': 'The mapping does not say yet where to find {{field}}. {{path}}',
  'mapped-no-label-files': 'No file of the delivery fits the mapping’s patterns for labels: {{patterns}}.',
  'mapped-row-unfit': 'A row has nothing usable as {{field}} and was left out. {{path}}',
  'mapped-rows-left-out': '{{unfit}} of {{rows}} rows do not fit the mapping and were left out. {{path}}',
  'mapped-rows-too-many':
    'The delivery has more than {{limit}} rows of labels; the rest was left out. {{path}}',
  'mapped-pose-unfit': 'A row of poses has nothing usable as {{field}} and was left out. {{path}}',
  'mapped-pose-missing':
    'Frame {{frame}} has no pose, so its labels, given in the world, have no place among its points.',
} as const;
