import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { type ManifestRow, readManifest } from '../../src/datasets/manifest.ts'

export const DATA = resolve(import.meta.dirname, '../../../shared/data')

/** Manifests of everything that is labelled, in the order of the committed pages. */
export const MANIFESTS = ['lab', 'public', 'seeds'].map((folder) => join(DATA, folder, 'MANIFEST.csv'))

export function allRows(): ManifestRow[] {
  return MANIFESTS.flatMap((path) => readManifest(path))
}

/** Whether the data is here. Where it is not, says so in a test that is skipped, or failed where CI promised it. */
export function hasData(what: string): boolean {
  if (MANIFESTS.every((path) => existsSync(path))) return true
  const sentence = `${what}: measured nothing, ${DATA} is missing`
  console.warn(sentence)
  it(sentence, ({ skip }) => {
    expect(process.env.CI, sentence).not.toBe('true')
    skip()
  })
  return false
}

/** A committed page: what it is, the command that measures whole scans, and what the command prints. */
export function pageOf(title: string, intro: string, options: string, test: string, printed: string): string {
  const manifests = MANIFESTS.map(pathFromHere)
  const command = `wakeful evaluate --scan${options} --format markdown --manifest ${manifests.join(' ')}`
  return pageOfCommand(title, intro, command, test, printed)
}

/** As {@link pageOf}, of any command. */
export function pageOfCommand(title: string, intro: string, command: string, test: string, printed: string): string {
  return `# ${title}

${intro}

\`\`\`sh
${command}
\`\`\`

Everything below is what this command prints; \`${test}\` fails where it prints anything else. Renew the page with
\`npx vitest run --config vitest.shared.config.ts ${test} --update\`.

${printed}`
}

/** Where shared data stands, seen from the checkout. */
export function pathFromHere(path: string): string {
  return `../${path.slice(resolve(DATA, '../..').length + 1)}`
}
