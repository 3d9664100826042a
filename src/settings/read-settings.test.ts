import { describe, expect, it } from 'vitest'
import { defaultSettings, parseSettings } from './read-settings.ts'

const problem = (text: string): string => {
  try {
    parseSettings(text, 'w.yaml')
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('it was taken')
}

describe('a configuration', () => {
  it('says nothing by default, and binds the loopback', () => {
    expect(parseSettings('', 'w.yaml')).toEqual(defaultSettings())
    expect(defaultSettings().listen).toEqual({ host: '127.0.0.1', port: 8053, names: [] })
  })

  it.each([
    ['retentiondays: 3', 'w.yaml: retentiondays is not known: did you mean retentionDays?'],
    ['listen: {prt: 1}', 'w.yaml: listen.prt is not known: did you mean port?'],
    ['alerts: [{type: syslog, host: a, prot: 514}]', 'w.yaml: alerts.0.prot is not known: did you mean port?'],
    ['blocklist: {rpz: a, enable: true}', 'w.yaml: blocklist.enable is not known: did you mean enabled?'],
    ['alerts: [{type: webhok, url: "https://a.example"}]', 'w.yaml: alerts.0.type takes a type: webhook'],
    ['burnIn: 3', 'w.yaml: burnIn: '],
    ['burnIn: soon', 'w.yaml: burnIn: takes a number and s, m, h or d, as in 24h.'],
    ['sources: [', 'w.yaml is no YAML: '],
    ['a: 1\na: 2', 'w.yaml is no YAML: Map keys must be unique'],
    ['just words', 'w.yaml: the file: '],
    ['alerts: [{type: webhook, url: "file:///etc/passwd"}]', 'w.yaml: alerts.0.url: '],
    ['tokens: [{name: a, role: root, token: {env: A}}]', 'w.yaml: tokens.0.role: '],
    [
      'tokens: [{name: a, role: admin, token: {env: A, file: b}}]',
      'w.yaml: tokens.0.token: takes file or env, one of them.',
    ],
    ['tokens: [{name: a, role: admin, token: secret}]', 'w.yaml: tokens.0.token: '],
  ])('says of %j what to change', (text, sentence) => {
    expect(problem(text)).toContain(sentence)
  })

  it('says every problem, a line each', () => {
    expect(problem('jornal: a\nretentionDays: 0').split('\n')).toHaveLength(2)
  })

  it('is not grown by aliases', () => {
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...'bcdefgh'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(',')}]`),
    ]
    expect(problem(bomb.join('\n'))).toContain('w.yaml')
  })

  it('takes __proto__ for the unknown key it is', () => {
    expect(problem('__proto__: {polluted: 1}')).toContain('__proto__')
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })
})
