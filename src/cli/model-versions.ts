import { join } from 'node:path'
import type { Command } from 'commander'
import { type Evidence, VersionError, VersionFolder } from '../adapt/version-folder.ts'
import { isScorer } from '../models/model.ts'
import type { ModelFile } from '../models/model-file.ts'
import { EXIT, ExitError } from './exit.ts'
import { judgeOnTable } from './judge-on-table.ts'
import { nonEmpty } from './options.ts'
import { readModel } from './read-model.ts'
import { say } from './say.ts'

/** `wakeful model shadow|promote|rollback`: which version of a model has the say. */
export function addVersions(command: Command): void {
  withState(command.command('shadow'))
    .summary('put a model beside the current one: scored, without a say')
    .argument('<file>', 'model file')
    .action((path: string, { state }: { state: string }) => {
      demandScorer(readModel(path), path)
      const version = versionsIn(state).shadow(path, now())
      say(`${version} stands beside the current version.`)
    })
  withState(command.command('promote'))
    .summary('give the shadow the say, where labelled rows show that it deserves it')
    .option('--evidence <manifest...>', 'labelled rows that trained neither: manifests, or tables with labels')
    .option('--force', 'promote it whatever the rows say')
    .action(
      async ({ state, evidence, force = false }: { state: string; evidence?: readonly string[]; force?: boolean }) => {
        const versions = versionsIn(state)
        const version = await attempt(async () => versions.promote(now(), await evidenceOf(versions, evidence), force))
        say(`${version} has the say.`)
      },
    )
  withState(command.command('rollback'))
    .summary('give the say back to the version before')
    .action(async ({ state }: { state: string }) => {
      const version = await attempt(async () => versionsIn(state).rollback(now()))
      say(version === undefined ? 'the model that ships has the say again.' : `${version} has the say again.`)
    })
}

function withState(command: Command): Command {
  return command.requiredOption('--state <folder>', 'state folder of the workers', nonEmpty)
}

/** Where a state folder keeps its model versions. */
export function modelsIn(state: string): string {
  return join(state, 'models')
}

function versionsIn(state: string): VersionFolder {
  return new VersionFolder(modelsIn(state))
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
