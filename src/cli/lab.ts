import type { Command } from 'commander'
import { addLabGenerate } from './lab-generate.ts'
import { addLabReal } from './lab-real.ts'
import { addLabRun } from './lab-run.ts'

const EXAMPLES = `
Examples:
  wakeful lab generate --style det,iodine,dnscat2,words --benign mix --minutes 10 --seed 7 -o out
  wakeful lab generate --style base32 --transfers 1 --rate 1/h --minutes 2880 -o slow
  wakeful lab run --seed 7 -o out
  sudo wakeful lab real --tools iodine,dns2tcp -o real
  wakeful scan out/traffic.pcap

Names stand under .test, .example and .invalid only, and nothing ever leaves this machine.

Exit: 0 done; 1 what was sent did not arrive; 64 wrong usage; 74 a file could not be read or written; 78 real tools
lack something.`

/** `wakeful lab`: traffic whose truth is known. */
export function addLab(command: Command): void {
  command
    .description('Makes labelled traffic: a capture, its dns.log and conn.log, and the truth about it.')
    .addHelpText('after', EXAMPLES)
  addLabGenerate(command.command('generate'))
  addLabRun(command.command('run'))
  addLabReal(command.command('real'))
}
