'use strict'

const { ROOT } = require('./base.cjs')

/** First words that are a request of their own; anything else is something to scan. */
const VERBS = [
  'scan',
  'explain',
  'train',
  'evaluate',
  'inspect',
  'features',
  'select',
  'model',
  'replay',
  'watch',
  'feedback',
  'lab',
  'label',
  'enrich',
  'validate',
  'help',
  '--help',
  '-h',
  '--version',
]

/**
 * What `npm start -- words` means: nothing scans the shipped samples, a verb runs that verb, the rest is scanned.
 * The samples are named from the checkout, so that their rows read the same wherever npm was called.
 */
function route(words, folder) {
  if (words.length === 0) return { args: ['scan', 'samples'], folder: ROOT }
  return { args: VERBS.includes(words[0]) ? words : ['scan', ...words], folder }
}

/**
 * The folder the person typed the command in. npm changes into the package before it runs a script and leaves the
 * caller's folder in INIT_CWD. That variable also reaches everything npm starts indirectly, so it is believed only
 * where we are npm's own script: started by it under our name, and in the package's folder.
 */
function callersFolder(mode, env = process.env, cwd = process.cwd()) {
  const startedByNpm = env.npm_lifecycle_event === mode && samePath(cwd, ROOT)
  return startedByNpm && env.INIT_CWD ? env.INIT_CWD : cwd
}

function samePath(a, b) {
  return process.platform === 'win32' ? a.toLowerCase() === b.toLowerCase() : a === b
}

module.exports = { VERBS, route, callersFolder }
