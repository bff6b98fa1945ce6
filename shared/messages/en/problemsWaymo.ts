/** What can be wrong with a delivery in the layout of the Waymo Open Dataset. */
export default {
  'waymo-pose-bad': 'A pose of the vehicle is not usable ({{place}}). {{path}}',
  'waymo-camera-bad':
    'The calibration of {{camera}} is not usable, so nothing is drawn into its pictures. {{path}}',
  'waymo-rows-stray': '{{rows}} rows belong to no frame or camera and were left out. {{path}}',
  'waymo-range-image-bad':
    'The range image of laser {{laser}} does not have the shape that it states. {{path}}',
  'waymo-laser-uncalibrated':
    'Laser {{laser}} has no usable calibration, so its points have no place. {{path}}',
  'waymo-pixel-poses-bad':
    'The poses of the pixels of laser {{laser}} are not usable; its points are shown as if taken at once. {{path}}',
  'image-cell-empty': 'There is no picture in column {{column}} ({{place}}). {{path}}',
} as const;
