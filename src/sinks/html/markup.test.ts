import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { HOSTILE } from '../incident.testing.ts'
import { asMarkup, html } from './markup.ts'

describe('html', () => {
  it('makes text of every value, in text and in attributes', () => {
    expect(html`<b title="${'"\'`<&>'}">${'<i>&amp;'}</b>`.toString()).toBe(
      '<b title="&quot;&#39;&#96;&lt;&amp;&gt;">&lt;i&gt;&amp;amp;</b>',
    )
  })

  it('leaves markup as it is, also in lists, and nothing where there is nothing', () => {
    const item = (text: string) => html`<li>${text}</li>`
    const list = html`<ul>${['a', '<'].map(item)}${null}${undefined}${false}${0}${[[item('b')], 'c']}</ul>`
    expect(list.toString()).toBe('<ul><li>a</li><li>&lt;</li>0<li>b</li>c</ul>')
    expect(html`${asMarkup('<br>')}`.toString()).toBe('<br>')
  })

  it('knows its own markup only: an object that looks like it is no way in', () => {
    const forged = { toString: () => '<script>', length: 0 }
    expect(() => html`${forged as never}`.toString()).toThrow()
  })

  it.each(Object.entries(HOSTILE))('lets %s be text that can be seen', (_, text) => {
    const written = html`<p title="${text}">${text}</p>`.toString()
    expect(written.match(/[<>]/g)).toEqual(['<', '>', '<', '>'])
    expect(written.match(/"/g)).toHaveLength(2)
    expect(written).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
  })
})

describe('the templates of this folder', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.ts') && !name.includes('.test'))
  const sources = files.map((name) => [name, readFileSync(join(import.meta.dirname, name), 'utf8')] as const)

  it.each(sources)('%s puts values into text and quoted attributes only', (name, source) => {
    // An unquoted value, or a name made of a value, would escape its place without any character that is escaped.
    expect(source).not.toMatch(/[\w-]=\$\{/)
    expect(source).not.toMatch(/<\/?\$\{/)
    // Nothing that loads, runs or leads out of the page; the anchors of cards are the report's own.
    expect(source).not.toMatch(/<(script|img|iframe|object|embed|link|form|base|use|image|foreignObject)\b/i)
    expect(source).not.toMatch(/<[^>]*\s(on\w+|src|srcset|xlink:href|action|formaction)="/i)
    for (const [, target] of source.matchAll(/\shref="([^"]*)/g)) expect(target).toMatch(/^#\$\{anchorOf\(/)
    if (!['markup.ts', 'stylesheet.ts'].includes(name)) expect(source).not.toContain('asMarkup')
  })
})
