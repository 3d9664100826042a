'use strict'

const { randomUUID } = require('node:crypto')
const fs = require('node:fs')
const path = require('node:path')
const { setTimeout: sleep } = require('node:timers/promises')
const { WORKROOM, SetupError, say, children } = require('./base.cjs')

const LOCK = path.join(WORKROOM, 'lock')
const POLL_MS = 100
const HEARTBEAT_MS = 1000
/** A holder writes into its lock every HEARTBEAT_MS; one that has not for this long is gone. */
const SILENCE_MAX_MS = 5000
const WAIT_MAX_MS = 15 * 60_000

/**
 * Runs the work while no other process sharing this checkout runs theirs, and passes signals on to its children.
 * A folder is the lock, since making one either succeeds or says that it is there, on every file system.
 */
async function withLock(work) {
  await take()
  const me = randomUUID()
  let beats = 0
  const beat = () => writeOwner(`${me} ${++beats}`)
  beat()
  const heartbeat = setInterval(beat, HEARTBEAT_MS)
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  let signalled
  const stop = (signal) => {
    signalled = signal
    for (const child of children) child.kill(signal)
  }
  for (const signal of signals) process.on(signal, stop)
  try {
    return await work()
  } finally {
    clearInterval(heartbeat)
    fs.rmSync(LOCK, { recursive: true, force: true, maxRetries: 5 })
    for (const signal of signals) process.off(signal, stop)
    if (signalled) process.kill(process.pid, signalled)
  }
}

/**
 * Waits until the lock is ours. Whether its holder lives is judged by its heartbeat alone, timed here: process numbers
 * and clocks mean nothing between containers or machines that share a checkout.
 */
async function take() {
  const start = performance.now()
  let lastSeen
  let silentSince = start
  while (!made(LOCK)) {
    const now = performance.now()
    if (now - start > WAIT_MAX_MS) {
      throw new SetupError(`another set-up is still at work after 15 minutes: end it, or remove ${LOCK}`)
    }
    if (lastSeen === undefined) say('waiting for another set-up of this checkout to finish')
    const seen = readOwner(LOCK)
    if (seen !== lastSeen) {
      lastSeen = seen
      silentSince = now
    } else if (now - silentSince > SILENCE_MAX_MS) {
      clearStale(seen)
    }
    await sleep(POLL_MS)
  }
}

/** Takes a dead holder's lock away, by a rename that only one waiter can win. */
function clearStale(seen) {
  const aside = path.join(WORKROOM, `lock-stale-${process.pid}`)
  if (!renamed(LOCK, aside)) return
  // Another waiter may have cleared it and a third taken it since we looked: then it is not ours to clear.
  if (readOwner(aside) === seen || !renamed(aside, LOCK)) fs.rmSync(aside, { recursive: true, force: true })
}

function made(folder) {
  try {
    fs.mkdirSync(WORKROOM, { recursive: true })
    fs.mkdirSync(folder)
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw new SetupError(`${folder} cannot be made (${error.message}): run as the user who owns the checkout`)
  }
}

function renamed(from, to) {
  try {
    fs.renameSync(from, to)
    return true
  } catch {
    return false
  }
}

function writeOwner(text) {
  try {
    fs.writeFileSync(path.join(LOCK, 'owner'), text)
  } catch {
    // Somebody removed the lock by hand; the work goes on.
  }
}

function readOwner(lock) {
  try {
    return fs.readFileSync(path.join(lock, 'owner'), 'utf8')
  } catch {
    return ''
  }
}

module.exports = { withLock }
