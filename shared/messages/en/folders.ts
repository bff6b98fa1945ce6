/** The folder browser. */
export default {
  path: 'Path',
  parent: 'up one level',
  empty: 'This folder holds no folder.',
  choose: 'Choose this folder',
  hintMove: 'move',
  hintInto: 'into the folder',
  hintUp: 'up',
} as const;
