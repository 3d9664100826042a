import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { RealLabError } from '../lab/real/command.ts'
import { lackOf, runReal } from '../lab/real/run-real.ts'
import { type RealTool, realTools } from '../lab/real/tools.ts'
import { EXIT, ExitError } from './exit.ts'
import { interruptible } from './interrupt.ts'
import { nonEmpty } from './options.ts'
import { say } from './say.ts'

const NAMES = realTools.map(({ name }) => name)

/** `wakeful lab real`: what tools really say, between two namespaces without a way out. */
export function addLabReal(command: Command): void {
  command
    .summary('capture real tools in private network namespaces; needs root, and the tools from Debian')
    .requiredOption('-o, --out <folder>', 'folder for a capture a tool and MANIFEST.csv', nonEmpty)
    .option('--tools <list>', `tools, joined by commas: ${NAMES.join(' ')}`, tools, realTools)
    .addHelpText('after', '\nThe captures are for evaluation: they say what a tool does, and nothing of a network.')
    .action(async ({ out, tools: chosen }: { out: string; tools: readonly RealTool[] }) => {
      const lack = lackOf()
      if (lack !== undefined) throw new ExitError(EXIT.configuration, lack)
      await interruptible((signal) => captureAll(out, chosen, signal))
    })
}

async function captureAll(out: string, chosen: readonly RealTool[], signal: AbortSignal): Promise<void> {
  mkdirSync(out, { recursive: true })
  const rows: string[] = []
  for (const tool of chosen) {
    try {
      await runReal(tool, join(out, `${tool.name}.pcap`), process.pid, signal)
    } catch (error) {
      if (error instanceof RealLabError) throw new ExitError(EXIT.configuration, error.message, { cause: error })
      throw error
    }
    if (signal.aborted) return
    const domain = tool.zone.split('.').slice(-2).join('.')
    rows.push(`${tool.name}.pcap,pcap,attack,${tool.name},lab real,test,real ${tool.name},${domain}`)
    say(`${tool.name} is in ${join(out, `${tool.name}.pcap`)}.`)
  }
  const head = 'file,format,label,family,network,split,group,domains'
  writeFileSync(join(out, 'MANIFEST.csv'), `${[head, ...rows].join('\n')}\n`)
}

function tools(value: string): readonly RealTool[] {
  return value.split(',').map((name) => {
    const found = realTools.find((tool) => tool.name === name)
    if (!found) throw new InvalidArgumentError(`There is no tool ${name}; there are ${NAMES.join(', ')}.`)
    return found
  })
}
