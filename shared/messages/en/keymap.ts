/** The key map: presets, own keys, conflicts. */
export default {} as const;
