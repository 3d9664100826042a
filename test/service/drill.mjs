#!/usr/bin/env node
// The fault drills of a service, twenty times as long as CI runs them: `npm run drill:service`.
import { spawnSync } from 'node:child_process'

const args = ['vitest', 'run', '--config', 'vitest.shared.config.ts', 'test/service/drills.test.ts']
const env = { WAKEFUL_DRILL_TIMES: '20', ...process.env }
const { status } = spawnSync('npx', args, { stdio: 'inherit', env })
process.exit(status ?? 1)
