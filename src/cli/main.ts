#!/usr/bin/env node
import { Command } from 'commander'
import { addTrain } from './train.ts'

const program = new Command('wakeful')
addTrain(program)
await program.parseAsync()
