/** A command a reader would copy. */
export interface Command {
  readonly line: number
  /** As written, continuation lines joined, comment gone. */
  readonly text: string
  /** Words of the part that starts with `wakeful` or `npm start`, up to a pipe or redirection. */
  readonly words: readonly string[]
  /** From a trailing comment `# exit 2`; 0 where there is none. */
  readonly exit: number
}

/** The commands in fenced sh blocks that start with `wakeful` or `npm start`. */
export function commandsIn(markdown: string): Command[] {
  const commands: Command[] = []
  for (const { line, text } of shLines(markdown)) {
    const { words, comment } = shellWords(text)
    if (words[0] !== 'wakeful' && !(words[0] === 'npm' && words[1] === 'start')) continue
    const exit = Number(/^exit (\d+)\b/.exec(comment)?.[1] ?? 0)
    commands.push({ line, text: text.slice(0, text.length - comment.length).replace(/\s*#?\s*$/, ''), words, exit })
  }
  return commands
}

/** Lines of fenced sh blocks, with a trailing backslash joining the next and a leading `$ ` taken off. */
function shLines(markdown: string): { line: number; text: string }[] {
  const found: { line: number; text: string }[] = []
  let inside = false
  let joined = ''
  markdown.split(/\r?\n/).forEach((raw, i) => {
    if (/^\s*```/.test(raw)) {
      inside = !inside && /^\s*```(sh|bash|shell)\s*$/.test(raw)
      joined = ''
    } else if (inside) {
      joined += raw.trim()
      if (joined.endsWith('\\')) joined = joined.slice(0, -1)
      else {
        found.push({ line: i + 1, text: joined.replace(/^\$ /, '') })
        joined = ''
      }
    }
  })
  return found
}

/**
 * Words of a simple command, quotes undone, and its trailing comment. What follows a pipe, a redirection or `&&` is
 * another program's: the command is judged without it.
 */
function shellWords(text: string): { words: string[]; comment: string } {
  const words: string[] = []
  let ended = false
  for (const [token] of text.matchAll(/#.*|[|&;<>]+|(?:"[^"]*"|'[^']*'|\\.|[^\s|&;<>"'\\])+/g)) {
    if (token.startsWith('#')) return { words, comment: token.slice(1).trim() }
    if (/^[|&;<>]/.test(token)) ended = true
    else if (!ended) words.push(token.replace(/"([^"]*)"|'([^']*)'|\\(.)/g, '$1$2$3'))
  }
  return { words, comment: '' }
}

/** What a verb's `--help` says of its options: whether each takes a value. */
export function optionsOf(help: string): Map<string, boolean> {
  const options = new Map<string, boolean>()
  // commander: `  -f, --format <format>  text`
  for (const [, names, value] of help.matchAll(/^\s+((?:-\w, )?--?[\w-]+)( [<[][^>\]]+[>\]])?/gm)) {
    for (const name of names.split(', ')) options.set(name, value !== undefined)
  }
  return options
}

/** The commands a help names under `Commands:`, such as `scan` or, one further down, `show` of `model`. */
export function commandsOf(help: string): string[] {
  const section = /^Commands:\n((?: .*\n?)+)/m.exec(help)?.[1] ?? ''
  return [...section.matchAll(/^ {2}([\w-]+)/gm)].map((match) => match[1])
}

export interface Parts {
  readonly inputs: readonly string[]
  readonly options: ReadonlyMap<string, string>
}

/** Splits a command's words after the verb into inputs and options, as the verb's own help tells them apart. */
export function partsOf(words: readonly string[], options: ReadonlyMap<string, boolean>): Parts {
  const inputs: string[] = []
  const given = new Map<string, string>()
  for (let i = 0; i < words.length; i++) {
    const [name, value] = words[i].split(/=(.*)/s)
    if (words[i] === '-' || !words[i].startsWith('-')) inputs.push(words[i])
    else if (words[i] !== '--') given.set(name, value ?? (options.get(name) ? (words[++i] ?? '') : ''))
  }
  return { inputs, options: given }
}
