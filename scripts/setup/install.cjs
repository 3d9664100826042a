'use strict'

const fs = require('node:fs')
const path = require('node:path')
const { ROOT, SetupError, say, runQuietly } = require('./base.cjs')

/**
 * Whether node_modules holds what the lockfile says, judged by what lies there.
 *
 * A stamp of our own would know only about our own installs: this also sees an `npm ci` by hand, which needs no second
 * one, and `npm prune --omit=dev`, which does. npm's own record alone does not do either: `--package-lock-only` writes
 * packages into it that were never installed. It is asked for what is too much, and whether it is there at all, since
 * npm writes it last.
 */
function installedAsLocked(root = ROOT) {
  const locked = readJson(path.join(root, 'package-lock.json'))?.packages
  const manifest = readJson(path.join(root, 'package.json'))
  const record = readJson(path.join(root, 'node_modules', '.package-lock.json'))?.packages
  if (!locked || !manifest || !record) return false
  return (
    sameWishes(locked[''], manifest) &&
    Object.keys(record).every((folder) => folder in locked) &&
    Object.entries(locked).every(([folder, entry]) => folder === '' || asLocked(path.join(root, folder), entry))
  )
}

/** A package.json that asks for something else than the lockfile was made for: `npm ci` will say so. */
function sameWishes(locked, manifest) {
  const wishes = (from) =>
    ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].map((kind) =>
      Object.entries(from?.[kind] ?? {}).sort(),
    )
  return JSON.stringify(wishes(locked)) === JSON.stringify(wishes(manifest))
}

/** Optional packages lie only where they fit; one for another machine came with a copied node_modules. */
function asLocked(folder, { version, optional, os, cpu }) {
  const found = readJson(path.join(folder, 'package.json'))
  if (!found) return optional === true
  return found.version === version && allows(os, process.platform) && allows(cpu, process.arch)
}

/** npm's lists: `['linux', 'darwin']` names what fits, `['!win32']` what does not. */
function allows(list, value) {
  if (list === undefined || list.length === 0) return true
  if (list.includes(`!${value}`)) return false
  return list.includes(value) || list.every((item) => item.startsWith('!'))
}

/** `npm ci` with the development packages: the build needs them, whatever NODE_ENV or npm's own settings leave out. */
async function install() {
  const first = !fs.existsSync(path.join(ROOT, 'node_modules'))
  say(first ? 'installing packages, once' : 'installing packages, since node_modules differs from package-lock.json')
  // --loglevel: under `npm start --silent` the inner npm would be silent too, and fail without a word.
  const words = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const code = await runNpm(words)
  if (code !== 0) {
    throw new SetupError(
      'the packages could not be installed (the reason is above): check the network or proxy, or run `npm ci` in ' +
        `${ROOT} yourself, then try again`,
    )
  }
}

async function runNpm(words) {
  const script = npmScript()
  try {
    if (script) return await runQuietly(process.execPath, [script, ...words])
    // npm is npm.cmd on Windows, which only a shell can start; the words hold nothing a shell would read.
    return await runQuietly(['npm', ...words].join(' '), [], { shell: true })
  } catch (error) {
    throw new SetupError(`npm could not be started (${error.message}): install npm, which comes with Node`)
  }
}

/** npm's own JavaScript file: the npm that runs us, else the one beside this Node, else none known. */
function npmScript(env = process.env) {
  const beside = path.dirname(process.execPath)
  const places = [
    // Other package managers set this variable too.
    path.basename(env.npm_execpath ?? '') === 'npm-cli.js' ? env.npm_execpath : '',
    path.join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ]
  return places.find((place) => place !== '' && fs.existsSync(place))
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

module.exports = { installedAsLocked, install }
