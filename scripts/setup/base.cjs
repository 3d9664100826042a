'use strict'

const { spawn } = require('node:child_process')
const fs = require('node:fs')
const path = require('node:path')

/** The checkout this script lies in. */
const ROOT = path.resolve(__dirname, '..', '..')

/** Room for the lock and half-made builds; git ignores it. Beside dist, so that a rename moves a whole build. */
const WORKROOM = path.join(ROOT, '.wakeful-setup')

/** Something the person at the keyboard can mend; the message is one sentence on how. */
class SetupError extends Error {}

/** Our own words never go to standard output: that belongs to the program being started. */
function say(sentence) {
  fs.writeSync(2, `wakeful: ${sentence}\n`)
}

/** Children at work, so that a signal to us ends them too (see lock.cjs). */
const children = new Set()

/** Runs a program to its end with both its outputs on our standard error. Resolves to its exit code, -1 for none. */
function runQuietly(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2], ...options })
    children.add(child)
    child.once('error', reject)
    child.once('close', (code) => {
      children.delete(child)
      resolve(code ?? -1)
    })
  })
}

module.exports = { ROOT, WORKROOM, SetupError, say, runQuietly, children }
