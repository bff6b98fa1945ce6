/** Every job there is, by name. Each is loaded when it is asked for: a thread that hashes need not know how to read. */
export const jobs = {
  index: async () => (await import('./indexJob.ts')).indexJob,
  hashLabels: async () => (await import('./hashing/hashJobs.ts')).hashLabelsJob,
  hashSensors: async () => (await import('./hashing/hashJobs.ts')).hashSensorsJob,
  hashShare: async () => (await import('./hashing/hashShare.ts')).hashShareJob,
  lookOver: async () => (await import('./lookOverJob.ts')).lookOverJob,
  lot: async () => (await import('./lotJobs.ts')).lotJob,
  freeze: async () => (await import('./lotJobs.ts')).freezeJob,
  seeds: async () => (await import('./seedJob.ts')).seedJob,
  drawTargets: async () => (await import('./targetJobs.ts')).drawTargetsJob,
  order: async () => (await import('./lotJobs.ts')).orderJob,
  checks: async () => (await import('./checks/checksJob.ts')).checksJob,
  checkShare: async () => (await import('./checks/checkShare.ts')).checkShareJob,
  learnPriors: async () => (await import('./checks/learnJob.ts')).learnPriorsJob,
  synth: async () => (await import('./synthJob.ts')).synthJob,
} as const;

export type JobName = keyof typeof jobs;
type JobOf<Name extends JobName> = Awaited<ReturnType<(typeof jobs)[Name]>>;
export type JobInput<Name extends JobName> = Parameters<JobOf<Name>>[0];
export type JobOutput<Name extends JobName> = Awaited<ReturnType<JobOf<Name>>>;
