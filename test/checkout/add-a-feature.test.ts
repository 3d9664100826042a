import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadDetectionModel } from '../../src/detect/load-detection-model.ts'
import { filesUnder, ROOT } from '../house/tree.ts'

const PAGE = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')
const TITLE = 'A query feature, step by step'
const SECTION = PAGE.split(/^#+ /m).find((section) => section.startsWith(TITLE)) ?? ''
/** The numbered steps, continuation lines joined. */
const STEPS = SECTION.split(/^\d+\. /m)
  .slice(1)
  .map((step) => step.split('\n\n')[0].replace(/\s+/g, ' ').trim())

/** Words set as code that name something below the checkout. */
function pathsIn(text: string): string[] {
  const words = [...text.matchAll(/`([^`]+)`/g)].flatMap(([, code]) => code.split(' '))
  return words.filter((word) => /^(src|test|docs|\.ci|models|samples)\//.test(word))
}

/** The first path that a step of the page names. */
function pathOf(step: number): string {
  const [path] = pathsIn(STEPS[step])
  if (path === undefined) throw new Error(`step ${step + 1} of CONTRIBUTING.md names no file`)
  return path
}

const FAMILY = 'repeats'

/** What somebody who follows the page would write. */
const FAMILY_TEXT = `import type { QueryFeatureFamily } from './family.ts'

/**
 * How often an octet stands twice in a row.
 *
 * @example
 * // 'aab' -> repeatRatio 0.33
 */
export const ${FAMILY}: QueryFeatureFamily = {
  name: '${FAMILY}',
  answers: false,
  features: [{ name: 'repeatRatio', unit: 'ratio' }],
  extract({ prefix }, out, at) {
    const { bytes, labelCount, labelStart, labelEnd } = prefix
    let repeats = 0
    for (let label = 0; label < labelCount; label++) {
      for (let i = labelStart[label] + 1; i < labelEnd[label]; i++) if (bytes[i] === bytes[i - 1]) repeats++
    }
    out[at] = repeats / Math.max(prefix.length, 1)
  },
}
`

describe('the page', () => {
  it('has the steps that are taken here', () => {
    expect(STEPS).toHaveLength(4)
    expect(STEPS[0]).toContain('`QueryFeatureFamily`')
    expect(STEPS[1]).toContain('`queryFamilies`')
    expect(STEPS[2]).toContain(`\`npx vitest run ${pathOf(2)}\``)
    expect(STEPS[3]).toContain('models do not know the new column and say so when loaded')
  })

  it('names files that are there', () => {
    const named = pathsIn(PAGE).map((path) => path.split('<')[0])
    expect(named.length).toBeGreaterThan(8)
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
    // Its table names some below the folder of the row.
    const short = [...PAGE.matchAll(/`([\w-]+(?:\/[\w-]+)*\.ts)`/g)].map(([, path]) => path)
    const files = [...filesUnder('src'), ...filesUnder('test')].map((path) => `/${path}`)
    expect(short.filter((path) => !files.some((file) => file.endsWith(`/${path}`)))).toEqual([])
  })

  it('tells in its table what the steps tell', () => {
    const row = PAGE.split('\n').find((line) => line.startsWith('| a query feature |'))
    expect(pathsIn(row ?? '')).toEqual([`${dirname(pathOf(0))}/<family>.ts`, pathOf(1)])
  })
})

describe('a query feature, step by step, on a copy', () => {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'wakeful-feature-')))

  beforeAll(() => {
    for (const name of ['src', 'models', 'assets', 'package.json', 'tsconfig.json', 'vitest.config.ts']) {
      cpSync(join(ROOT, name), join(copy, name), { recursive: true })
    }
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction')
    // Step 1.
    writeFileSync(join(copy, dirname(pathOf(0)), `${FAMILY}.ts`), FAMILY_TEXT)
    // Step 2.
    const index = join(copy, pathOf(1))
    const before = readFileSync(index, 'utf8')
    const listed = before.replace(/(export const queryFamilies: [^=]*= \[[^\]]*?)(,?\s*)\]/, `$1, ${FAMILY}$2]`)
    expect(listed).not.toBe(before)
    writeFileSync(index, `import { ${FAMILY} } from './${FAMILY}.ts'\n${listed}`)
  })
  afterAll(() => rmSync(copy, { recursive: true, force: true, maxRetries: 5 }))

  function run(program: string, ...words: string[]) {
    const plain = Object.entries(process.env).filter(([name]) => !/^(NODE_OPTIONS$|VITEST|TEST$)/.test(name))
    const path = join(copy, 'node_modules', program)
    const said = spawnSync(process.execPath, [path, ...words], {
      cwd: copy,
      env: Object.fromEntries(plain),
      encoding: 'utf8',
    })
    return { code: said.status, out: said.stdout, err: said.stderr }
  }

  it('type-checks', () => {
    writeFileSync(
      join(copy, 'tsconfig.features.json'),
      JSON.stringify({ extends: './tsconfig.json', include: [pathOf(2)] }),
    )
    expect(run('typescript/bin/tsc', '-p', 'tsconfig.features.json')).toEqual({ code: 0, out: '', err: '' })
  })

  it('is covered by the conformance test as it stands', () => {
    const { code, out } = run('vitest/vitest.mjs', 'run', pathOf(2), '--reporter=json', '--no-cache')
    expect(code, out).toBe(0)
    const report: {
      testResults: { name: string; assertionResults: { ancestorTitles: string[]; status: string }[] }[]
    } = JSON.parse(out.slice(out.indexOf('{')))
    const own = `${dirname(pathOf(0))}/conformance.test.ts`
    const conformance = report.testResults.find(({ name }) => name.replaceAll('\\', '/').endsWith(own))
    const of = (family: string) =>
      conformance!.assertionResults.filter(({ ancestorTitles }) => ancestorTitles.at(-1) === family)
    const statuses = of(FAMILY).map(({ status }) => status)
    expect(statuses.length).toBeGreaterThan(10)
    expect(new Set(statuses)).toEqual(new Set(['passed']))
    expect(statuses).toHaveLength(of(basename(pathOf(0), '.ts')).length)
  })

  it('is a column that the shipped models do not know, and say so in one sentence', async () => {
    expect(loadDetectionModel).not.toThrow()
    const url = pathToFileURL(join(copy, 'src/detect/load-detection-model.ts')).href
    const copied: typeof import('../../src/detect/load-detection-model.ts') = await import(url)
    expect(copied.shippedModelFolder()).toBe(join(copy, 'models/'))
    expect(copied.loadDetectionModel).toThrow(
      expect.objectContaining({
        name: 'ModelFileError',
        message: expect.stringMatching(/^The model was trained on other features: [^\n.]* here it is repeatRatio\.$/),
      }),
    )
  })
})
