/** This machine, as the commands use it: the data folder with its cache, and worker threads. */
import { homedir } from 'node:os';
import { type DataFolder, dataFolderAt, defaultHome } from '../services/dataFolder.ts';
import { createJobRunner, type RunJob } from '../services/runJob.ts';

export function commandHome(): DataFolder {
  return dataFolderAt(defaultHome(process.env, process.platform, homedir()));
}

/** Jobs run in the built worker that lies beside the built command line. */
export function commandJobs(): RunJob {
  return createJobRunner(new URL('./worker.mjs', import.meta.url));
}
