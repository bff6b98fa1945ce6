/** Trouble in OpenLABEL documents and the exports of labelling tools. */
export default {
  'openlabel-elements':
    'The file also holds {{count}} {{kind}} ({{types}}), which are no labels of a frame. {{path}}',
  'openlabel-frame-properties':
    'Frames also state {{names}}, which is not shown; it stays in the file. {{path}}',
  'openlabel-objects-bare':
    '{{objects}} objects ({{classes}}) have neither a geometry nor an attribute in any frame. {{path}}',
  'openlabel-parent-missing':
    'The coordinate system {{system}} names the parent {{parent}}, which does not exist. {{path}}',
  'openlabel-systems-cyclic': 'Coordinate systems are parents of each other: {{systems}}. {{path}}',
  'openlabel-intervals-differ':
    'The frame intervals promise {{missing}} frames that are not there, and {{outside}} frames lie outside them. {{path}}',
  'openlabel-object-outside':
    'Object {{object}} is in {{frames}} frames outside its own frame intervals. {{path}}',
  'openlabel-pointers-differ':
    'The pointers of object {{object}} do not fit its data ({{names}}); the data were read. {{path}}',

  'entry-bad': 'An entry has no usable "{{key}}" and was left out ({{place}}). {{path}}',
  'calibration-bad':
    'The calibration of camera {{camera}} has no usable "{{key}}", so nothing is drawn into its images. {{path}}',
  'named-file-missing':
    'The labels name {{uri}}, which is neither in the delivery nor in the sensor folder. {{path}}',
  'sensor-files-absent':
    'None of the {{files}} pictures and clouds that the labels name is here. Name the folder of sensor data to see them.',
  'address-outside': 'The labels name {{uri}}, which lies outside the delivery and was not opened. {{path}}',
  'reference-missing': 'An entry refers to {{reference}}, which does not exist ({{place}}). {{path}}',
  'entries-aside': '{{count}} entries ({{kind}}) are no labels of a frame; they stay in the file. {{path}}',
  'json-key-twice':
    'The key "{{key}}" stands twice in one record ({{place}}); only the last was read. {{path}}',
  'xml-broken': 'The file is no XML that can be read: {{reason}}. {{path}}',
  'points-left-out': '{{points}} entries of the list of points have no place and were left out. {{path}}',
  'predictions-without-frame': '{{frames}} frames of the predictions are not in the delivery. {{path}}',
} as const;
