import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { SettingsSchema } from '../../src/settings/schema.ts'
import { Cli } from '../cli/run-cli.ts'
import { ROOT } from '../house/tree.ts'

const UNIT = resolve(ROOT, 'deploy/wakeful.service')

it('has a unit that systemd takes, and holds to be safe', ({ skip }) => {
  if (spawnSync('systemd-analyze', ['--version']).status !== 0) {
    const sentence = 'Nothing here checks deploy/wakeful.service: install systemd.'
    if (process.env.CI) throw new Error(sentence)
    console.warn(sentence)
    skip()
  }
  const verified = spawnSync('systemd-analyze', ['verify', UNIT], { encoding: 'utf8' })
  // What it says of other units of this machine is not of ours.
  expect(verified.stderr.split('\n').filter((line) => line.includes('wakeful'))).toEqual([])
  expect(verified.status).toBe(0)
  const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=true', UNIT], { encoding: 'utf8' })
  const [, exposure] = /Overall exposure level for wakeful\.service: ([\d.]+)/.exec(stdout) ?? []
  console.log(`systemd-analyze security: ${exposure} of 10`)
  expect(Number(exposure)).toBeLessThan(3)
})

it('ships a configuration that can be used, with every part in it, if only in comments', async () => {
  const cli = await Cli.build()
  try {
    const path = resolve(ROOT, 'deploy/wakeful.yaml')
    expect(cli.run(['validate', '-c', path])).toMatchObject({ code: 0, out: `${path} can be used.\n` })
    const text = readFileSync(path, 'utf8')
    for (const key of Object.keys(SettingsSchema.shape)) {
      if (key !== 'name' && key !== 'model') expect(text).toMatch(new RegExp(`^#? ?${key}:`, 'm'))
    }
    expect(cli.run(['validate', '-c', cli.at('none.yaml')])).toMatchObject({
      code: 78,
      err: expect.stringContaining('cannot be read'),
    })
  } finally {
    cli.remove()
  }
}, 120_000)
