// A dns.log as Zeek writes it, of made-up exchanges: hosts of 60,000 domains, 3 in 100 names made of data.
import { closeSync, existsSync, openSync, renameSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '../dist/stats/random.js'

/** A composed log is made anew when this changes. */
const VERSION = 1
const DOMAINS = 60_000
const FIELDS =
  'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto trans_id rtt query qclass qclass_name qtype qtype_name rcode ' +
  'rcode_name AA TC RD RA Z answers TTLs rejected'
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'

/** Path of a log with so many lines under the folder for temporary files. */
export function composeLog(lines) {
  const path = join(tmpdir(), `wakeful-bench-${VERSION}-${lines}.log`)
  if (existsSync(path)) return path
  const random = createRandom(1)
  const below = (n) => Math.floor(random() * n)
  const text = (length) => Array.from({ length }, () => LETTERS[below(32)]).join('')
  const domains = Array.from({ length: DOMAINS }, () => `${text(4 + below(9))}.com`)
  // Under another name until it is whole.
  const out = openSync(`${path}.${process.pid}`, 'w')
  writeSync(out, `#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tdns\n`)
  writeSync(out, `#fields ${FIELDS}\n`.replaceAll(' ', '\t'))
  for (let line = 0; line < lines; ) {
    let block = ''
    for (const end = Math.min(lines, line + 4096); line < end; line++) {
      const domain = domains[Math.floor(DOMAINS * random() ** 3)]
      const data = random() < 0.03
      const name = data ? `${text(40)}.${domain}` : `${['www', 'api', 'mail', 'cdn'][below(4)]}${below(10)}.${domain}`
      const ts = (1.7e9 + line / 1000).toFixed(6)
      const client = `10.${below(4)}.${below(256)}.${below(256)}`
      const answers = data
        ? `TXT 40 ${text(40)}\t60.000000`
        : `host.${domain},192.0.2.${below(256)}\t300.000000,60.000000`
      block += `${ts}\tC${text(16)}\t${client}\t${1024 + below(60000)}\t10.0.0.53\t53\tudp\t${below(65536)}\t0.0${below(9)}1\t`
      block += `${name}\t1\tC_INTERNET\t${data ? '16\tTXT' : '1\tA'}\t0\tNOERROR\tF\tF\tT\tT\t0\t${answers}\tF\n`
    }
    writeSync(out, block)
  }
  closeSync(out)
  renameSync(`${path}.${process.pid}`, path)
  return path
}
