import { type Command, Option } from 'commander'
import { enrich } from '../enrich/enrich.ts'
import type { FactKind } from '../enrich/fact.ts'
import { jsonLine } from '../sinks/ndjson.ts'
import { printable } from '../sinks/printable.ts'
import {
  addEnrichOptions,
  BETWEEN_MS,
  type EnrichOptions,
  enrichment,
  factKinds,
  registeredDomain,
  waitSeconds,
} from './enrich-options.ts'
import { EXIT } from './exit.ts'
import { interruptible } from './interrupt.ts'
import { writeOut } from './output.ts'
import { say } from './say.ts'

interface EnrichVerbOptions extends EnrichOptions {
  readonly with: readonly FactKind[]
  readonly format: 'table' | 'ndjson'
  readonly wait: number
}

const EXAMPLES = `
Examples:
  wakeful enrich evil.example --cache facts                        when it was registered, over RDAP, else whois
  wakeful enrich evil.example --with reputation,age --key-file vt.key --cache facts
  wakeful enrich evil.example --with popularity --popularity tranco.csv --threats list.txt
  wakeful enrich evil.example --offline --cache facts              what is known without asking anybody

Only the registered domain ever leaves this machine, to the services that were named, and nothing is asked of its own
name servers. What nobody knows is "unknown", never 0.

Exit: 0 done; 64 wrong usage; 78 wrong configuration; 1 anything else.`

/** `wakeful enrich`: what others say of a domain. */
export function addEnrich(command: Command): void {
  addEnrichOptions(command)
    .description(
      'Says what others know of registered domains: when they were registered, what engines say of them, how popular they are, whether a list of threats has them.',
    )
    .argument('<domain...>', 'domains, or names under them')
    .addOption(
      new Option('--with <kinds>', 'facts to ask for, joined by commas').argParser(factKinds).default(['age'], 'age'),
    )
    .addOption(new Option('--format <format>', 'how facts are printed').choices(['table', 'ndjson']).default('table'))
    .addOption(new Option('--wait <seconds>', 'wait this long for all answers').argParser(waitSeconds).default(20))
    .addHelpText('after', EXAMPLES)
    .action(async (names: string[], options: EnrichVerbOptions) => {
      process.exitCode = await interruptible(async (signal) => {
        const { providers, cache } = enrichment(options.with, options)
        const domains = [...new Set(names.map(registeredDomain))]
        const limit = AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, options.wait * 1000))])
        const patience = { questionMs: 10_000, betweenMs: BETWEEN_MS }
        const found = await enrich(domains, providers, cache, patience, limit)
        if (cache.unusable > 0)
          say(`${cache.unusable} files of the cache are of another version, damaged or could not be written.`)
        const lines = found.flatMap(({ domain, facts, missing }) =>
          options.format === 'ndjson'
            ? [jsonLine({ kind: 'facts', domain, facts, missing })]
            : [
                ...facts.map(
                  ({ kind, words, source, asOf }) =>
                    `${printable(domain)}  ${kind}: ${printable(words)} (${printable(source)}, ${asOf.slice(0, 10)})\n`,
                ),
                ...Object.entries(missing).map(([kind, why]) => `${printable(domain)}  ${kind}: ${why}\n`),
              ],
        )
        await writeOut(lines)
        return EXIT.done
      })
    })
}
