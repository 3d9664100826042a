import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { LearnedVersion } from '../adapt/learned-version.ts'
import { type Evidence, VersionError, VersionFolder } from '../adapt/version-folder.ts'
import { isScorer } from '../models/model.ts'
import type { ModelFile } from '../models/model-file.ts'
import { EXIT, ExitError } from './exit.ts'
import { judgeOnTable } from './judge-on-table.ts'
import { LEARNED_FEATURES, learnedIn } from './learned-versions.ts'
import { nonEmpty } from './options.ts'
import { readModel } from './read-model.ts'
import { say } from './say.ts'

interface VersionOptions {
  readonly state: string
  readonly learned?: boolean
  readonly evidence?: readonly string[]
  readonly force?: boolean
}

/** `wakeful model shadow|promote|rollback`: which version of a model has the say. */
export function addVersions(command: Command): void {
  withState(command.command('shadow'))
    .summary('put a model beside the current one: scored, without a say')
    .argument('<file>', 'model file')
    .action((path: string, { state, learned = false }: VersionOptions) => {
      demandScorer(readModel(path), path)
      const bytes = readFileSync(path)
      if (learned) LearnedVersion.decode(bytes, path, LEARNED_FEATURES)
      const version = versionsIn(state, learned).shadow(bytes, now())
      say(`${version} stands beside the current version.`)
    })
  withState(command.command('promote'))
    .summary('give the shadow the say, where labelled rows show that it deserves it')
    .option('--evidence <manifest...>', 'labelled rows that trained neither: manifests, or tables with labels')
    .option('--force', 'promote it whatever the rows say')
    .action(async ({ state, evidence, learned = false, force = false }: VersionOptions) => {
      const versions = versionsIn(state, learned)
      // What a learner made was judged where it stands, on rows that came after it.
      const judged = async () => (learned ? versions.evidence() : await evidenceOf(versions, evidence))
      const version = await attempt(async () => versions.promote(now(), await judged(), force))
      say(`${version} has the say${learned ? ': the learner names it in the log from its next minute on' : ''}.`)
    })
  withState(command.command('rollback'))
    .summary('give the say back to the version before')
    .action(async ({ state, learned = false }: VersionOptions) => {
      const version = await attempt(async () => versionsIn(state, learned).rollback(now()))
      say(version === undefined ? 'the model that ships has the say again.' : `${version} has the say again.`)
    })
}

function withState(command: Command): Command {
  return command
    .requiredOption('--state <folder>', 'state folder of the workers', nonEmpty)
    .option('--learned', 'of the versions that wakeful watch --learn makes')
}

/** Where a state folder keeps its model versions. */
export function modelsIn(state: string): string {
  return join(state, 'models')
}

function versionsIn(state: string, learned: boolean): VersionFolder {
  return new VersionFolder(learned ? learnedIn(state) : modelsIn(state))
}

/** How the shadow and the current version do on labelled rows; where nothing was promoted yet, saying the commoner class is the bar. */
async function evidenceOf(
  versions: VersionFolder,
  inputs: readonly string[] | undefined,
): Promise<Evidence | undefined> {
  const { current, shadow } = versions.standing()
  if (inputs === undefined || shadow === undefined) return undefined
  const of = async (version: string) => await judgeOnTable(readModel(versions.path(version)), inputs)
  const judged = await of(shadow)
  const before = current === undefined ? { rows: judged.rows, right: judged.majority } : await of(current)
  return { rows: judged.rows, shadowRight: judged.right, currentRight: before.right }
}

function demandScorer({ model }: ModelFile, path: string): void {
  if (!isScorer(model))
    throw new ExitError(EXIT.configuration, `${path} scores no rows: train one with wakeful train --model.`)
}

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof VersionError) throw new ExitError(EXIT.configuration, error.message, { cause: error })
    throw error
  }
}

function now(): string {
  return new Date().toISOString()
}
