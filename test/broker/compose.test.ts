import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../house/tree.ts'

/** What checks a compose file here: the plugin of Docker, or Debian's program. */
const PROGRAMS = [['docker', 'compose'], ['docker-compose']]
const program = PROGRAMS.find(([command, ...words]) => spawnSync(command, [...words, 'version']).status === 0)

it('has a compose file that Docker takes', ({ skip }) => {
  if (!program) {
    const sentence = 'Nothing here checks docker-compose.yml: install docker-compose.'
    if (process.env.CI) throw new Error(sentence)
    console.warn(sentence)
    skip()
  }
  const [command, ...words] = program!
  const { status, stderr } = spawnSync(command, [...words, 'config', '--quiet'], { cwd: ROOT, encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
})

it('opens ports on this machine only', () => {
  const text = readFileSync(resolve(ROOT, 'docker-compose.yml'), 'utf8')
  const ports = [...text.matchAll(/^\s+- "?([\d.:]*\d+:\d+)"?$/gm)].map(([, port]) => port)
  expect(ports.length).toBeGreaterThan(0)
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/)
})
