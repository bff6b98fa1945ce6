/** Why a made delivery cannot be made. */
export default {
  'synth-option-out-of-range': '{{name}} is {{value}}; it must lie between {{low}} and {{high}}.',
} as const;
