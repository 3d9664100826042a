import { describe, expect, it } from 'vitest'
import { renderReport } from './render.ts'
import { sectionOf } from './section.ts'

const sections = [
  sectionOf(
    { name: 'one', title: 'The one', notes: ['A note.'] },
    [
      { who: 'a|b', many: 1 },
      { who: 'c', many: 12.5 },
    ],
    [
      { title: 'who', cell: (row) => row.who },
      { title: 'many', numeric: true, cell: (row) => row.many.toFixed(0) },
    ],
  ),
  sectionOf({ name: 'two', title: 'The other', notes: [] }, [], [{ title: 'x', cell: () => 'never' }]),
]

describe('renderReport', () => {
  it('lines columns up, numbers on the right', () => {
    expect(renderReport(sections, 'table')).toBe('THE ONE\nA note.\nwho  many\na|b     1\nc      13\n\nTHE OTHER\nx\n')
  })

  it('escapes what would end a cell of markdown', () => {
    const text = renderReport(sections, 'markdown')
    expect(text).toContain('## The one\n\nA note.\n\n| who | many |\n| --- | --: |\n| a\\|b | 1 |\n| c | 13 |\n')
    expect(text.endsWith('\n')).toBe(true)
  })

  it('keeps the figures unrounded in ndjson, one object a line', () => {
    expect(renderReport(sections, 'ndjson')).toBe(
      '{"kind":"evaluation","section":"one","who":"a|b","many":1}\n{"kind":"evaluation","section":"one","who":"c","many":12.5}\n',
    )
  })
})
