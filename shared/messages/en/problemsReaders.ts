/** What can be wrong with a delivery's files, and with asking for one of its frames. */
export default {
  'format-unknown':
    'No format that Assay reads is found here ({{files}} files). Looked for: {{lookedFor}}. A mapping can explain a format of one’s own. {{path}}',
  'problems-omitted': '{{count}} more problems of the kind "{{code}}" are not listed.',
  'frame-unknown': 'There is no frame {{frame}} in this delivery.',
  'frame-ambiguous':
    '{{count}} frames answer to {{frame}}, among them {{candidates}}. Name one of them in full.',

  'text-too-large': 'The file has more than {{bytes}} bytes, too many to be read in one piece. {{path}}',
  'json-broken': 'This is not JSON: reading stopped at {{place}}. {{path}}',

  'label-source-frames-unmatched':
    '{{frames}} of {{total}} frames of the labels "{{name}}" are not in this delivery; their labels are left out.',
  'label-source-frames-by-place':
    '{{frames}} of {{total}} frames of the labels "{{name}}" have neither a known id nor a known time; they are paired by their place in a scene of the same name and length.',
  'label-source-unknown': 'There are no labels called "{{name}}" in this delivery. There are: {{names}}.',
  'cloud-encoding-unknown':
    'There is a cloud here in an encoding ({{encoding}}) that this version cannot read. {{path}}',
  'image-encoding-unknown': 'This version cannot read pictures carried as {{encoding}}. {{path}}',
  'codec-missing': 'A part of Assay itself could not be loaded: {{path}}. Install it again.',
  'cloud-too-large': 'There is not enough memory to open this cloud. {{path}}',
  'pcd-header-missing': 'The cloud has no PCD header: there is no DATA line at its start. {{path}}',
  'pcd-header-bad': 'The PCD header says {{key}} "{{value}}", which cannot be read ({{place}}). {{path}}',
  'pcd-fields-missing': 'The cloud has no x, y and z. Its fields are: {{fields}}. {{path}}',
  'pcd-size-mismatch':
    'The PCD header states {{points}} points, but its width times height is {{grid}}. {{path}}',
  'pcd-body-truncated':
    'The cloud is cut off: {{found}} of {{stated}} points are there and were read. {{path}}',
  'pcd-body-longer':
    'The cloud holds more data than the {{stated}} points it states; the rest was left out. {{path}}',
  'pcd-line-short': '{{lines}} lines of the cloud have too few values and were left out. {{path}}',
  'pcd-value-unreadable':
    '{{values}} values of the cloud are not numbers; their points have no position. {{path}}',
  'pcd-compressed-sizes':
    'The compressed cloud cannot be unpacked: {{compressed}} bytes stated, {{found}} there, to become {{raw}}. {{path}}',
  'pcd-compressed-damaged':
    'The compressed cloud is damaged: {{found}} of {{points}} points could be unpacked. {{path}}',
  'bin-tail-partial':
    'The cloud ends within a point: {{bytes}} bytes after the last whole row of {{rowBytes}}. {{path}}',

  'index-foreign': 'This is not an index file of Assay. {{path}}',
  'index-newer':
    'The index was written by a later version of Assay (format {{version}}, known here: {{known}}). Read the delivery again. {{path}}',
  'index-damaged': 'The index is damaged ({{part}}). Read the delivery again. {{path}}',

  'sensor-data-absent':
    'There are no point clouds for {{frames}} frames. Name the folder of sensor data to see them. {{path}}',
  'frame-times-falling':
    '{{frames}} frames of scene "{{scene}}" are not later than the one before them, the first of them {{frame}}.',
  'frame-without-sweep': 'Frame {{frame}} has no point cloud. {{path}}',
  'sweep-without-frame': 'No frame belongs to this point cloud. {{path}}',
  'sensor-hash-differs':
    'Frame {{frame}} was paired with this file by its name or time, but {{source}} states other content for {{name}}: SHA-256 {{stated}}…, found {{found}}…. {{path}}',
  'checksum-line-bad':
    '{{lines}} lines of the checksum list are no SHA-256 with a file name; the first is {{place}}. {{path}}',
  'checksum-contradictory': 'Two different checksums are stated for {{name}}, so neither was used. {{path}}',
  'checksums-too-large':
    'The checksum lists have more than {{limit}} bytes together; this one and those after it were not read. {{path}}',
  'image-missing': 'Frame {{frame}} has no image of {{camera}}. {{path}}',
  'labels-missing': 'Frame {{frame}} has no label file. {{path}}',
  'calibration-missing':
    'Frame {{frame}} has no calibration, so its cuboids have no place among the points. {{path}}',
  'camera-uncalibrated':
    'Camera {{camera}} has no calibration, so nothing can be drawn into its images. {{path}}',
  'camera-model-unknown':
    'Camera {{camera}} has a lens model that is not known here ({{model}}), so nothing can be drawn into its images. {{path}}',
  'cameras-too-many': 'There are more than {{limit}} cameras; the rest were taken for one.',
  'classes-too-many': 'There are more than {{limit}} classes; the rest were taken for one. {{path}}',

  'cuboid-unusable': 'Cuboid {{id}} ({{class}}) has no usable place or size ({{size}}). {{path}} {{place}}',
  'box2d-unusable': 'Box {{id}} ({{class}}) has no area: {{ltrb}}. {{path}} {{place}}',
  'label-id-duplicate':
    'Label {{id}} ({{class}}) is in its frame twice; this one is called {{given}} here. {{path}} {{place}}',

  'kitti-row-bad':
    'The label row has {{columns}} columns or holds something that is not a number ({{place}}). {{path}}',
  'kitti-calibration-bad': 'The calibration has no usable row {{key}}. {{path}}',

  'sustech-labels-bad': 'The label file is not a list of objects. {{path}}',
  'sustech-object-bad': 'The object at {{place}} has no "psr" and was left out. {{path}}',
  'sustech-calibration-bad': 'The calibration has no usable "{{key}}". {{path}}',

  'openlabel-version': 'The file follows schema version "{{version}}"; it was read as {{known}}. {{path}}',
  'openlabel-old-spelling': 'The file uses older names, which were understood: {{keys}}. {{path}}',
  'openlabel-frame-bad':
    'A frame is not a record under a whole number and was left out ({{place}}). {{path}}',
  'openlabel-transform-bad':
    'A transform is not a rotation with a translation and was left out ({{place}}). {{path}}',
  'openlabel-pose-missing':
    'Nothing says how {{from}} stands in {{to}}; the two were taken to be the same. {{path}}',
  'openlabel-space-unrelated':
    'Nothing connects {{from}} with {{to}}, so what is written in it has no place among the points. {{path}}',
  'openlabel-lens-bad': 'The lens of camera {{camera}} cannot be used. {{path}}',
  'openlabel-video':
    'The images of {{camera}} are in a film ({{uri}}) that is not here or not of a kind that is read. {{path}}',
  'openlabel-shift-bad':
    'The frame shift of {{stream}} is not a whole number, so its frames were taken to be numbered like the labels. {{path}}',
  'openlabel-shift-unused':
    'The frame shift {{shift}} of {{stream}} could not be applied: none of its files carries the number it gives. {{path}}',
  'openlabel-checksum-unknown':
    'The checksum of {{stream}} is not a SHA-256 and was not used to find files. {{path}}',
  'openlabel-object-undeclared':
    'Object {{object}} is in a frame and not in the list of objects, so it has no class. {{path}}',
  'openlabel-value-bad':
    'The {{kind}} "{{name}}" of {{object}} does not have the numbers it must have. {{path}} {{place}}',
  'openlabel-cuboid-empty': 'The cuboid "{{name}}" of class {{class}} is empty. {{path}} {{place}}',
  'openlabel-placeholders':
    '{{cuboids}} cuboids of class {{class}} only hold a place and are no labels. {{path}}',
  'openlabel-static-too-many':
    'Labels that hold for all frames would become more than {{limit}}; the rest were left out. {{path}}',
} as const;
