import type { Command } from 'commander'
import { trainDetection } from '../training/train-detection.ts'

/** `wakeful train`: the shipped models from the manifests' train rows; the Learn verbs extend it. */
export function addTrain(program: Command): void {
  program
    .command('train')
    .summary('train the detection models from manifests')
    .description('Trains the language model, both arms of the query model and the fusion from rows with split=train.')
    .requiredOption('--manifest <file...>', 'MANIFEST.csv files')
    .requiredOption('-o, --out <folder>', 'folder for the model files')
    .option('--seed <n>', 'seed of everything drawn by chance', Number, 1)
    .option('--leave-out <family>', 'tool family to leave out of training')
    .addHelpText(
      'after',
      '\nExample:\n  wakeful train --manifest lab/MANIFEST.csv --manifest public/MANIFEST.csv -o models',
    )
    .action(async (options: { manifest: string[]; out: string; seed: number; leaveOut?: string }) => {
      await trainDetection({
        manifests: options.manifest,
        out: options.out,
        seed: options.seed,
        ...(options.leaveOut === undefined ? {} : { leaveOut: { tool: options.leaveOut } }),
        log: (line) => process.stderr.write(`${line}\n`),
      })
    })
}
