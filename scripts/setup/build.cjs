'use strict'

const { createHash } = require('node:crypto')
const fs = require('node:fs')
const path = require('node:path')
const { ROOT, WORKROOM, SetupError, say, runQuietly } = require('./base.cjs')

const DIST = path.join(ROOT, 'dist')
const STAMP = '.sources'

/** Whether dist was built from the sources as they are now. */
function builtFromSources(root = ROOT) {
  try {
    return fs.readFileSync(path.join(root, 'dist', STAMP), 'utf8') === hashSources(root)
  } catch {
    return false
  }
}

/** Hash over everything the build reads. Contents, not times: a checkout, a copy and a clone change those at will. */
function hashSources(root = ROOT) {
  const hash = createHash('sha256')
  const files = [
    ...sourcesUnder(root, 'src'),
    ...(hasWeb(root) ? sourcesUnder(root, 'web') : []),
    'tsconfig.json',
    'tsconfig.build.json',
  ]
  for (const file of [...files, 'node_modules/typescript/package.json']) {
    const content = fs.readFileSync(path.join(root, file))
    hash.update(`${file}\n${content.length}\n`).update(content)
  }
  return hash.digest('hex')
}

/** Paths with forward slashes, in one order on every machine. Tests are not built (tsconfig.build.json). */
function sourcesUnder(root, folder) {
  const found = []
  for (const entry of fs.readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const name = `${folder}/${entry.name}`
    if (entry.isDirectory()) found.push(...sourcesUnder(root, name))
    else if (!/\.(test|testing)\.ts$/.test(name)) found.push(name)
  }
  return found.sort()
}

/**
 * Builds into a folder of its own and moves it into place once it is whole, so that a failed build leaves the last
 * good one and nobody starts a half-written one. The stamp moves with it. Call it under the lock.
 */
async function build() {
  say('building')
  const fresh = path.join(WORKROOM, 'dist-new')
  const old = path.join(WORKROOM, 'dist-old')
  remove(fresh)
  remove(old)
  // Taken before the compiler reads: a file saved meanwhile makes the stamp wrong, and the next run builds again.
  const sources = hashSources()
  const tsc = path.join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc')
  const code = await runQuietly(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', fresh])
  if (code !== 0) {
    remove(fresh)
    throw new SetupError('the build failed with the errors above; mend the sources and run the same command again')
  }
  if (hasWeb(ROOT)) await buildWeb(path.join(fresh, 'web'))
  fs.writeFileSync(path.join(fresh, STAMP), sources)
  try {
    if (fs.existsSync(DIST)) fs.renameSync(DIST, old)
    fs.renameSync(fresh, DIST)
  } catch (error) {
    throw new SetupError(
      `the new build could not be moved to ${DIST} (${error.message}): stop what is using that folder`,
    )
  }
  remove(old)
}

/** A program without a dashboard is one still. */
function hasWeb(root) {
  return fs.existsSync(path.join(root, 'web'))
}

/** The dashboard, as files of its own beside the program. */
async function buildWeb(out) {
  const vite = path.join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
  const words = [vite, 'build', '--config', path.join('web', 'vite.config.mjs'), '--outDir', out]
  if ((await runQuietly(process.execPath, words)) === 0) return
  remove(path.dirname(out))
  throw new SetupError(
    'the dashboard could not be built (the reason is above): mend web/ and run the same command again',
  )
}

/** Windows keeps a folder busy for a moment after its last reader; maxRetries waits that out. */
function remove(folder) {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

module.exports = { builtFromSources, hashSources, build }
