/** What can be wrong with NVIDIA's formats: zarr stores, NCore sequences, PhysicalAI-AV clips and their films. */
export default {
  'xz-broken': 'The XZ-packed part at {{place}} is damaged ({{reason}}). {{path}}',
  'cbor-broken': 'The CBOR part at {{place}} is damaged at its byte {{byte}}. {{path}}',
  'itar-broken': 'The indexed archive (.itar) has no usable index: {{reason}}. {{path}}',
  'itar-record-bad':
    'The archive\u2019s index names {{record}} outside the archive, or twice; it is left out. {{path}}',
  'zarr-version-unknown': 'The store is of zarr version 3; version 2 is read. {{path}}',
  'zarr-record-too-large': '{{place}} has {{bytes}} bytes, more than the {{limit}} it may have. {{path}}',
  'zarr-array-bad': 'The zarr array at {{place}} cannot be read: {{reason}}. {{path}}',

  'ncore-version-unknown': 'The store is of NCore version "{{version}}"; version v4 is read. {{path}}',
  'ncore-store-missing': 'The sequence lists the store {{store}}, which is not here. {{path}}',
  'ncore-component-twice': '{{component}} is in several stores; the first is used. {{path}}',
  'ncore-pose-bad':
    'The pose {{place}} is not a rigid transform, or not in order of time; it is left out. {{path}}',
  'ncore-pose-missing':
    'No pose joins {{frame}} to the vehicle over all of its times, so it cannot be placed exactly. {{path}}',
  'ncore-lens-unknown': 'The lens of camera {{camera}} ("{{model}}") is not one this version reads. {{path}}',
  'ncore-frame-times-bad':
    '{{count}} frames of {{sensor}} have no usable start and end and were left out. {{path}}',
  'ncore-cuboid-bad':
    '{{count}} observations of {{instance}} have no box, frame or time and were left out. {{path}}',
  'ncore-cuboids-outside':
    '{{count}} cuboids of {{source}} lie in no frame\u2019s time and were left out. {{path}}',
  'ncore-cuboids-unplaced':
    '{{count}} cuboids of {{source}} are in frames that no pose joins to the vehicle, and were left out. {{path}}',
  'ncore-array-missing': 'There is no usable array at {{place}}. {{path}}',
  'ncore-array-length': 'The array at {{place}} has {{count}} values instead of {{expected}}. {{path}}',
  'ncore-rays-unplaced':
    '{{count}} rays were measured at times without a pose and were left out ({{place}}). {{path}}',

  'physical-ai-chunk-closed': 'The chunk is an archive, and archives cannot be looked into here. {{path}}',
  'physical-ai-columns-missing': 'The table lacks the columns {{columns}}. {{path}}',
  'physical-ai-egomotion-missing':
    'Clip {{clip}} has no egomotion: nothing tells how the vehicle moved, and points are placed as of one instant.',
  'physical-ai-extrinsics-missing':
    'Clip {{clip}} has no sensor extrinsics, so no sensor has a place on the vehicle.',
  'physical-ai-poses-bad': '{{count}} rows are no pose, or not in order of time, and were left out. {{path}}',
  'physical-ai-times-bad': '{{count}} readings have no usable start and end and were left out. {{path}}',
  'physical-ai-times-missing':
    'Camera {{camera}} has a film but no times of its frames, so none is shown. {{path}}',
  'draco-broken': 'The Draco cloud in {{place}} cannot be decoded. {{path}}',
  'draco-times-missing':
    'The cloud in {{place}} has no time for each point; all are placed at the end of the spin. {{path}}',
  'draco-points-unplaced':
    '{{count}} points were measured at times without a pose and were left out ({{place}}). {{path}}',

  'mp4-broken': 'The film cannot be read: {{reason}}. {{path}}',
  'mp4-codec-unknown': 'The film is of a kind that is not read ("{{codec}}"). {{path}}',
  'mp4-fragmented': 'The film is in fragments, which are not read. {{path}}',
  'video-codec-unsupported': 'This machine cannot decode films of the kind {{codec}}. {{path}}',
  'video-frame-missing': 'The film has {{frames}} frames; frame {{frame}} is not among them. {{path}}',
  'video-truncated': 'The film ends before its frame {{frame}}. {{path}}',
  'video-undecodable': 'Frame {{frame}} of the film cannot be decoded. {{path}}',
} as const;
