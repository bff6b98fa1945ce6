/** What can be wrong with NVIDIA's formats: zarr stores, NCore sequences, PhysicalAI-AV clips and their films. */
export default {
  'xz-broken': 'The XZ-packed part at {{place}} is damaged ({{reason}}). {{path}}',
  'cbor-broken': 'The CBOR part at {{place}} is damaged at its byte {{byte}}. {{path}}',
  'itar-broken': 'The indexed archive (.itar) has no usable index: {{reason}}. {{path}}',
  'itar-record-bad':
    'The archive\u2019s index names {{record}} outside the archive, or twice; it is left out. {{path}}',
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
} as const;
