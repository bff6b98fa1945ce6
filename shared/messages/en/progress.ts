/** Steps of long work, as the host names them. */
export default {
  working: 'Working',
  unpacking: 'Unpacking the archive',
  listing: 'Listing files',
  converting: 'Writing labels',
  indexing: 'Reading labels and calibration',
  hashingLabels: 'Hashing label files',
  hashingSensors: 'Hashing sensor files',
  countingPoints: 'Counting points inside cuboids',
  lookingAtGround: 'Looking for the ground',
  checking: 'Checking labels',
  checkingDraw: 'Reading the sweeps of the drawn units',
  puttingErrorsIn: 'Putting errors in on labels that were not drawn',
  synthesising: 'Making the sample delivery',
  exporting: 'Writing the record',
} as const;
