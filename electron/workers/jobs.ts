/** Every job there is, by name. */
import { hashFilesJob, hashLabelsJob } from './hashJobs.ts';
import { indexJob } from './indexJob.ts';
import { freezeJob, lotJob, orderJob } from './lotJobs.ts';

export const jobs = {
  index: indexJob,
  hashLabels: hashLabelsJob,
  hashFiles: hashFilesJob,
  lot: lotJob,
  freeze: freezeJob,
  order: orderJob,
} as const;
