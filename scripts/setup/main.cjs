'use strict'

const path = require('node:path')
const { pathToFileURL } = require('node:url')
const { ROOT, SetupError, say } = require('./base.cjs')
const { installedAsLocked, install } = require('./install.cjs')
const { builtFromSources, build } = require('./build.cjs')
const { withLock } = require('./lock.cjs')
const { route, callersFolder } = require('./route.cjs')

/** Installs and builds what is out of date. Two runs at once take turns; the second then finds nothing to do. */
async function setUp() {
  if (installedAsLocked() && builtFromSources()) return
  await withLock(async () => {
    if (!installedAsLocked()) await install()
    if (!builtFromSources()) await build()
  })
}

/** Builds what is out of date with the packages as they are: for tests, which must not replace what they run on. */
async function ensureBuilt() {
  if (builtFromSources()) return
  await withLock(async () => {
    if (!builtFromSources()) await build()
  })
}

/**
 * Runs a program in this very process: standard input, output, exit code and signals are then its own, with nothing
 * in between to pass them on or to fail at it.
 */
async function become(program, words, folder) {
  process.argv = [process.execPath, program, ...words]
  process.chdir(folder)
  await import(pathToFileURL(program).href)
}

async function run(mode, words) {
  if (mode === 'start') {
    const { args, folder } = route(words, callersFolder(mode))
    await setUp()
    await become(path.join(ROOT, 'dist', 'cli', 'main.js'), args, folder)
  } else if (mode === 'test') {
    await setUp()
    process.env.NODE_ENV = 'test'
    await become(path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'), ['run', ...words], ROOT)
  } else if (mode === 'build') {
    await setUp()
  } else {
    throw new SetupError('say what to run: `node scripts/run.cjs start`, `test` or `build`')
  }
}

/** @param {string[]} words `start`, `test` or `build`, then the words meant for what it runs. */
async function main([mode, ...words]) {
  try {
    await run(mode, words)
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    say(error.message)
    process.exitCode = 1
  }
}

module.exports = { main, ensureBuilt }
