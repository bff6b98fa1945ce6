/** Hashes the label files of a folder as a process of its own, so that it can be killed: worker, input as JSON. */
import { createJobRunner } from '../../electron/services/runJob.ts';

const [worker, input] = process.argv.slice(2);
const answer = await createJobRunner(new URL(worker!))('hashLabels', JSON.parse(input!));
console.log(JSON.stringify(answer));
