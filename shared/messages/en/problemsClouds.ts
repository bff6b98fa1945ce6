/** What can be wrong with clouds in PLY and LAS files. */
export default {
  'ply-header-missing': 'The cloud has no PLY header, or its header does not end. {{path}}',
  'ply-header-bad': 'The PLY header cannot be read at {{place}}: "{{line}}". {{path}}',
  'ply-fields-missing': 'The cloud has no vertices with x, y and z. Its fields are: {{fields}}. {{path}}',
  'ply-body-truncated':
    'The cloud is cut off or damaged: {{found}} of {{stated}} points are there and were read. {{path}}',
  'ply-line-short': '{{lines}} lines of the cloud have too few values and were left out. {{path}}',
  'ply-value-unreadable':
    '{{values}} values of the cloud are not numbers; their points have no position. {{path}}',

  'las-header-missing': 'The cloud has no LAS header. {{path}}',
  'las-header-bad': 'The LAS header cannot be true: {{key}}. {{path}}',
  'las-format-unknown': 'The cloud has points of format {{format}}, which LAS does not define. {{path}}',
  'las-scale-bad':
    'The LAS header has a scale or offset that cannot be used: {{scale}} and {{offset}}. {{path}}',
  'las-body-truncated':
    'The cloud is cut off: {{found}} of {{stated}} points are there and were read. {{path}}',
  'las-body-longer':
    'The cloud holds room for {{found}} points, but states {{stated}}; the rest was left out. {{path}}',
  'las-bounds-differ':
    'Points lie outside of the bounds that the LAS header states; they span {{bounds}}. The file may be damaged. {{path}}',
  'laz-record-missing': 'The compressed cloud does not say how it was compressed. {{path}}',
  'laz-format-unsupported':
    'The compressed cloud has points of format {{format}} in a way that is not known here. {{path}}',
  'laz-chunks-unknown':
    'The compressed cloud is cut off or damaged: its table of chunks cannot be read, so only the first chunk was. {{path}}',
  'laz-damaged':
    'The compressed cloud is damaged at {{place}}: {{found}} of {{stated}} points could be unpacked. {{path}}',
  'copc-levels-left-out':
    'The cloud has {{points}} points; {{shown}} of them, its coarser levels of detail, were opened. {{path}}',
} as const;
