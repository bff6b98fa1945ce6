/** Every job there is, by name. */
import { hashLabelsJob, hashSensorsJob } from './hashing/hashJobs.ts';
import { hashShareJob } from './hashing/hashShare.ts';
import { indexJob } from './indexJob.ts';
import { freezeJob, lotJob, orderJob } from './lotJobs.ts';
import { synthJob } from './synthJob.ts';

export const jobs = {
  index: indexJob,
  hashLabels: hashLabelsJob,
  hashSensors: hashSensorsJob,
  hashShare: hashShareJob,
  lot: lotJob,
  freeze: freezeJob,
  order: orderJob,
  synth: synthJob,
} as const;
