#!/usr/bin/env node
// The drills of a service at full length: `npm run drill:service`, faults twenty times as long as CI has them, and the rotations of logs; `npm run drill:load`, ten
// minutes of 20,000 exchanges a second.
import { spawnSync } from 'node:child_process'

const [name] = process.argv.slice(2)
const faults = ['test/service/kept-drills.test.ts', 'test/service/around-drills.test.ts', 'test/shared/tails.test.ts']
const files = name === 'load' ? ['test/service/load.test.ts'] : faults
const args = ['vitest', 'run', '--config', 'vitest.shared.config.ts', ...files]
const env = { WAKEFUL_DRILL_TIMES: '20', WAKEFUL_LOAD_SECONDS: '600', ...process.env }
const { status } = spawnSync('npx', args, { stdio: 'inherit', env })
process.exit(status ?? 1)
