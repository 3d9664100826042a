#!/usr/bin/env node
// The drills of streams at full length: `npm run drill:stream` (a million messages each) and `npm run drill:soak` (ten million).
import { spawnSync } from 'node:child_process'

const [setting] = process.argv.slice(2)
const [name, value] = setting.split('=')
const soak = name === 'WAKEFUL_SOAK_MESSAGES'
const only = soak ? ['-t', 'memory flat'] : ['-t', 'finds|scores|compact|dead letters']
const args = ['vitest', 'run', '--config', 'vitest.shared.config.ts', 'test/broker/drills.test.ts', ...only]
const { status } = spawnSync('npx', args, { stdio: 'inherit', env: { ...process.env, [name]: value } })
process.exit(status ?? 1)
