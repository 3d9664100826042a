/** What is wrong now, each under a name of its own: said once when it begins or changes, and once when it is over. */
export class Troubles {
  private readonly standing = new Map<string, string>()
  private readonly say: (sentence: string) => void

  constructor(say: (sentence: string) => void) {
    this.say = say
  }

  /** Something is wrong until it is said to be right. */
  set(name: string, sentence: string | undefined): void {
    if (sentence === undefined) {
      if (this.standing.delete(name)) this.say(`${name}: well again.`)
      return
    }
    const before = this.standing.get(name)
    this.standing.set(name, sentence)
    if (before !== sentence) this.say(sentence)
  }

  /** Takes back all whose name matches: what they were of is no more. */
  forget(names: RegExp): void {
    for (const name of this.standing.keys()) if (names.test(name)) this.standing.delete(name)
  }

  get all(): readonly string[] {
    return [...this.standing.values()]
  }
}
