import { describe, expect, it } from 'vitest'
import { Persistence } from './persist.ts'

function watched() {
  const said: string[] = []
  const controller = new AbortController()
  const watcher = { onTrouble: (sentence: string) => said.push(sentence), onRecovered: () => said.push('well') }
  return { said, controller, persistence: new Persistence(watcher, controller.signal) }
}

describe('Persistence', () => {
  it('tries until it works, and tells of the trouble once and of its end', async () => {
    const { said, persistence } = watched()
    let tries = 0
    const result = await persistence.until('The broker is away', async () => {
      if (++tries < 3) throw new Error('refused.')
      return 'done'
    })
    expect([result, tries]).toEqual(['done', 3])
    expect(said).toEqual(['The broker is away: refused; it is tried again until it works.', 'well'])
  })

  it('is well again only when nothing is wrong any more', () => {
    const { said, persistence } = watched()
    persistence.begins('one', 'a')
    persistence.begins('two', 'b')
    persistence.begins('one', 'c')
    persistence.isOver('one')
    expect(said).toHaveLength(2)
    persistence.isOver('two')
    persistence.isOver('two')
    expect(said.slice(2)).toEqual(['well'])
  })

  it('gives up where it is told to, and only there', async () => {
    const { controller, persistence } = watched()
    const trying = persistence.until('x', () => Promise.reject(new Error('no')))
    controller.abort(new Error('closed'))
    await expect(trying).rejects.toThrow('closed')
  })

  it('tells of what is lost without promising to try again', () => {
    const { said, persistence } = watched()
    persistence.tell('7 messages were gone.')
    expect(said).toEqual(['7 messages were gone.', 'well'])
  })
})
