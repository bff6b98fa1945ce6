/** Trouble with tables of records, and with deliveries in the nuScenes schema. */
export default {
  'table-missing': 'The table {{path}} is missing.',
  'table-damaged': 'This table is no JSON from {{place}} on; the {{rows}} rows before it were read. {{path}}',
  'table-truncated':
    'This table ends in the middle, at {{place}}; the {{rows}} rows before it were read. {{path}}',
  'table-too-deep':
    'A value in this table is nested too deeply; the {{rows}} rows before it were read. {{path}} {{place}}',
  'table-not-a-list': 'This table is not a list of records. {{path}} {{place}}',
  'table-row-too-large':
    'A row of this table is larger than {{bytes}} bytes; the rows before it were read. {{path}} {{place}}',
  'table-row-unusable':
    '{{count}} entries of this table are no records and were left out. {{path}}, first at {{place}}',
  'table-value-unusable':
    'The field "{{field}}" has a value of the wrong kind in {{count}} rows. {{path}}, first at {{place}}',
  'table-field-repeated':
    'The field "{{field}}" stands twice in {{count}} rows; the last one was taken. {{path}}, first at {{place}}',
  'nuscenes-token-missing': '{{count}} rows have no token and were left out. {{path}}, first at {{place}}',
  'nuscenes-token-repeated':
    '{{count}} rows have a token that another row has, and were left out. {{path}}, first at {{place}}',
  'nuscenes-reference-missing':
    'The "{{field}}" of {{count}} rows names nothing that the tables hold. {{path}}, first at {{place}}',
  'nuscenes-chain-open':
    'The "{{field}}" of {{count}} rows leads to a row that is not there. {{path}}, first at {{place}}',
  'nuscenes-chain-turns':
    'The "{{field}}" of {{count}} rows does not lead on in time within its chain, so the chain may close on itself. {{path}}, first at {{place}}',
  'nuscenes-fields-left-out':
    'The field "{{field}}", which the schema does not have, was kept for 200000 rows and left out of {{count}} more. {{path}}',
  'nuscenes-camera-uncalibrated':
    'Camera {{field}} has no usable intrinsics or mounting in {{count}} calibrations, so nothing is projected into it. {{path}}',
  'nuscenes-poses-missing':
    '{{count}} of {{total}} readings of {{channel}} have no usable pose and cannot be placed. {{path}}',
  'nuscenes-file-missing': 'The tables name a file of {{channel}} that is not there: {{path}}',
  'nuscenes-files-missing':
    '{{count}} of {{total}} files of {{channel}} are not there, the first of them {{first}}. {{path}}',
  'nuscenes-versions-several':
    'This folder holds {{count}} sets of tables ({{versions}}). All were read; scenes carry the name of theirs, and what two sets share is there twice.',
  'nuscenes-between-too-many':
    'Cuboids between the labelled frames would be more than {{limit}} and were not made.',
} as const;
