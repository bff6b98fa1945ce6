/** What can be wrong with pickled tables, and with a PandaSet sequence made of them. */
export default {
  'gzip-broken': 'The file does not unpack: it is cut off or damaged. {{path}}',
  'gzip-too-large': 'The file unpacks to more than {{bytes}} bytes and was refused. {{path}}',
  'pickle-broken': 'The pickled table is damaged: reading stopped at {{place}}. {{path}}',
  'pickle-too-large':
    'The pickled table asks for more steps than any table needs, and was refused at {{place}}. {{path}}',
  'pickle-global-refused':
    'The file asks for "{{name}}", which no table of data needs, and was refused. Nothing in it was run. {{path}}',
  'pandaset-table-bad': 'The table is not a list of records. {{path}}',
  'pandaset-row-bad': 'An entry of the table ({{place}}) is not a record and was left out. {{path}}',
  'pandaset-columns-missing': 'The table lacks the columns {{columns}}. {{path}}',
  'pandaset-classes-differ':
    'The frame has {{points}} points but {{classes}} point classes, so they cannot be shown. {{path}}',
  'pandaset-pose-missing':
    'Frame {{frame}} has no usable pose of the lidar; its points and cuboids stay where the world is. {{path}}',
  'pandaset-calibration-bad': 'The calibration lacks a usable fx, fy, cx or cy. {{path}}',
  'pickle-layout-unknown': 'The file holds no table in a layout known here ({{part}}). {{path}}',
} as const;
