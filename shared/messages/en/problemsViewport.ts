/** Problems met while sensor data is brought to the screen. */
export default {
  'sensor-file-missing': '{{path}} is not there. The unit stays in the sample as uninspectable.',
  'sensor-file-unreachable':
    '{{path}} could not be fetched (status {{status}}). Check that Assay is still running and the folder is still there.',
  'image-undecodable': '{{path}} is not a picture that can be decoded.',
  'image-too-large':
    '{{path}} states {{width}} x {{height}} pixels, more than the {{megapixels}} million that are decoded. It was left closed.',
  'sweep-pose-unusable': 'The pose of {{path}} cannot be inverted, so its points cannot be placed.',
  'sweep-not-loaded': 'The points of this frame are not loaded yet.',
} as const;
