import { expect, it } from 'vitest'
import { csv, csvCell } from './csv.ts'
import { anIncident } from './incident.testing.ts'

it('writes a header and RFC 4180 lines', () => {
  const text = [
    ...csv.write(
      [anIncident({ clients: ['10.0.0.5', '10.0.0.6'] })],
      { inputs: 1, rows: 1, untimed: [] },
      { columns: 80, colour: false },
    ),
  ].join('')
  const [header, line, end] = text.split('\r\n')
  expect(header.split(',').slice(0, 5)).toEqual(['id', 'registeredDomain', 'relatedDomains', 'clients', 'clientCount'])
  expect(line.startsWith('0123456789abcdef,evil.example,,"10.0.0.5;10.0.0.6",1,domain,2026-02-03T04:05:06.789Z,')).toBe(
    true,
  )
  expect(end).toBe('')
})

it.each([
  [null, ''],
  [-1.5, '-1.5'],
  ['plain.example', 'plain.example'],
  ['a,b', '"a,b"'],
  ['a"b', '"a""b"'],
  ['a\nb', 'a\\x0ab'],
  ['=cmd', `"'=cmd"`],
  ['-host.example', `"'-host.example"`],
  ['@x', `"'@x"`],
  ['  +1', `"'  +1"`],
  ['＝1', `"'＝1"`],
  [['=1', '=2'], `"'=1;=2"`],
  [[], ''],
] as const)('O3: makes the cell of %j', (value, cell) => expect(csvCell(value)).toBe(cell))
