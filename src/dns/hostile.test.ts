import { describe, expect, it } from 'vitest'
import { decode, message, octets, pointer, question, record, u16 } from './message.testing.ts'
import { NAME_BUDGET, nameRead } from './read-name.ts'

const QUERY = 0x0100
const RESPONSE = 0x8180
const ONE = [1, 0, 0, 0]
const ANSWERED = [1, 1, 0, 0]

/** Inputs D1 to D11 of reference/peers.md 4.3: each felled a decoder somewhere. */
describe('D1: pointers in a circle', () => {
  it('to itself', () => {
    const { reasons, name, message: out } = decode(message(QUERY, ONE, [1, 97], pointer(14), u16(1, 1)))
    expect(reasons).toEqual(['name-loop'])
    expect([name, out.qtype]).toEqual(['a', 1])
  })

  it('to the start of its own name', () => {
    expect(decode(message(QUERY, ONE, [1, 97], pointer(12), u16(1, 1))).reasons).toEqual(['name-loop'])
  })

  it('two that point to each other', () => {
    const first = question(pointer(18))
    const body = octets(first, record(pointer(12), 5, pointer(12)))
    expect(decode(message(RESPONSE, ANSWERED, body)).reasons).toContain('name-forward-pointer')
    // RDATA at 29 points to the owner at 17, which points on to 29.
    const circle = octets(question('.'), record(pointer(29), 5, pointer(17)))
    expect(decode(message(RESPONSE, ANSWERED, circle)).reasons).toEqual(
      expect.arrayContaining(['name-loop', 'rdata-invalid']),
    )
  })
})

it('D2: a forward pointer keeps what was read, and the question is good', () => {
  const { name, reasons, message: out } = decode(message(QUERY, ONE, [3, 119, 119, 119], pointer(40), u16(16, 1)))
  expect(reasons).toEqual(['name-forward-pointer'])
  expect([name, out.qtype, out.id, out.labelCount]).toEqual(['www', 16, 0x1234, 1])
})

describe('D3: many names over one long backward chain', () => {
  it('stops at the budget', () => {
    // A TXT holds a chain of 2,000 pointers, each to the one before; 3,000 CNAMEs point to its end.
    const chain = [0, ...Array.from({ length: 2000 }, (_, i) => pointer(i === 0 ? 28 : 29 + 2 * (i - 1))).flat()]
    const head = octets(question('.'), record([0], 10, chain))
    const names = Array.from({ length: 3000 }, () => record([0], 5, pointer(29 + 2 * 1999))).flat()
    const { reasons, message: out } = decode(message(RESPONSE, [1, 3001, 0, 0], head, names))
    expect(reasons).toContain('name-budget')
    expect(out.answerCount).toBe(3001)
    expect(nameRead.budget).toBeGreaterThanOrEqual(0)
  })

  it('spends no more than the budget on long names either', () => {
    const long = `${'x'.repeat(63)}.${'y'.repeat(63)}.${'z'.repeat(63)}`
    const names = Array.from({ length: 500 }, () => record(pointer(12), 5, pointer(12))).flat()
    const { reasons, targets, message: out } = decode(message(RESPONSE, [1, 500, 0, 0], question(long), names))
    expect(reasons).toEqual(['name-budget'])
    expect(out.answerOctets[2]).toBeLessThanOrEqual(NAME_BUDGET)
    expect(out.answerOctets[2] / 192 + out.answerOctets[3] / 2).toBe(500)
    expect(targets).toEqual(Array(16).fill(long))
  })
})

describe('D4: labels and names that are too long, or of no known type', () => {
  it('a name of more than 254 octets keeps its first labels', () => {
    const label = [63, ...Array(63).fill(0x78)]
    const { reasons, message: out } = decode(message(QUERY, ONE, label, label, label, label, [0], u16(16, 1)))
    expect(reasons).toEqual(['name-too-long'])
    expect([out.nameLength, out.labelCount, out.qtype]).toEqual([192, 3, 16])
  })

  it.each([0x40, 0x41, 0x7f, 0x80, 0xbf])('label type of octet 0x%s', (octet) => {
    const { reasons, name } = decode(message(QUERY, ONE, [1, 97, octet], Array(200).fill(97), [0], u16(16, 1)))
    expect(reasons).toEqual(['label-type', 'question-truncated'])
    expect(name).toBe('a')
  })
})

describe('D5: everything cut short', () => {
  const whole = message(
    RESPONSE,
    [1, 2, 0, 1],
    question('a.example'),
    record(pointer(12), 5, octets([1, 98], pointer(14))),
    record(pointer(12), 16, [3, 1, 2, 3]),
    record([0], 41, u16(65001, 2, 7)),
  )

  it('is good as a whole', () => {
    expect(decode(whole).reasons).toEqual([])
  })

  it('gives a partial message and a reason at every length', () => {
    for (let length = 0; length < whole.length; length++) {
      const { ok, reasons, message: out } = decode(whole.subarray(0, length))
      expect(ok).toBe(length >= 12)
      expect(reasons.length).toBeGreaterThan(0)
      if (length < 12) expect(reasons).toEqual(['header-short'])
      if (length >= 27) expect([out.nameLength, out.qtype]).toEqual([10, 16])
    }
  })

  it('books the octets that are left of a cut RDATA', () => {
    const cut = message(RESPONSE, ANSWERED, question('a.example'), record(pointer(12), 10, Array(90).fill(7)))
    const { reasons, message: out } = decode(cut.subarray(0, cut.length - 40))
    expect(reasons).toEqual(['rr-truncated'])
    expect([...out.answerOctets, out.answerCount]).toEqual([0, 0, 0, 50, 1])
  })
})

it('D6: counts of 65,535 and no body', () => {
  const { reasons, message: out } = decode(message(QUERY, [0xffff, 0xffff, 0xffff, 0xffff]))
  expect(reasons).toEqual(['count-excess', 'many-questions'])
  expect([out.questionCount, out.answerCount]).toEqual([0, 0])
  expect(decode(message(RESPONSE, [1, 0xffff, 0, 0], question('a'))).reasons).toEqual(['count-excess'])
})

it('D7: any octet in a label, escaped once', () => {
  const label = [0, 0x1f, 0x20, 0x2e, 0x5c, 0x7f, 0xc3, 0x28, ...Buffer.from('<img onerror=x>')]
  const { name, reasons } = decode(message(QUERY, ONE, [label.length], label, [0], u16(16, 1)))
  expect(reasons).toEqual([])
  expect(name).toBe('\\000\\031\\032\\.\\\\\\127\\195(<img\\032onerror=x>')
})

describe('D8: odd but an event', () => {
  it('an empty response', () => {
    const { ok, reasons } = decode(message(RESPONSE, ONE, question('a.example')))
    expect([ok, reasons]).toEqual([true, []])
  })

  it('no question', () => {
    const { ok, reasons, message: out } = decode(message(RESPONSE, [0, 0, 0, 0]))
    expect([ok, reasons, out.nameLength]).toEqual([true, ['no-question'], 0])
  })

  it('many questions: the first counts, answers are found behind the last', () => {
    const body = octets(question('a.example'), question('b.example', 1), record(pointer(12), 1, [1, 2, 3, 4]))
    const { name, reasons, message: out } = decode(message(RESPONSE, [2, 1, 0, 0], body))
    expect([name, reasons, out.questionCount, out.answerOctets[0]]).toEqual(['a.example', ['many-questions'], 2, 4])
  })

  it('answers in a query, Z bit, NOTIFY, UPDATE with empty RDATA', () => {
    const body = octets(question('a.example', 6), record(pointer(12), 1, [1, 2, 3, 4]))
    expect(decode(message(0x0140, ANSWERED, body)).message.answerCount).toBe(1)
    expect(decode(message(0x2000, ANSWERED, body))).toMatchObject({ ok: true, reasons: [] })
    const update = octets(question('a.example', 6), record('b.example', 1, [], 254, 0))
    expect(decode(message(0x2800, ANSWERED, update))).toMatchObject({ ok: true, reasons: [] })
  })

  it('octets behind the sections', () => {
    expect(decode(message(QUERY, ONE, question('a'), [1, 2, 3])).reasons).toEqual(['trailing-octets'])
  })
})

describe('D9: EDNS where and as it should not be', () => {
  const opt = (...options: number[]) => record([0], 41, options, 1232, 0x01000000)
  const unknown = u16(65001, 5, 0x6162, 0x6364).concat(0x65)

  it('OPT among the answers or authorities is not used, its octets are booked', () => {
    for (const counts of [ANSWERED, [1, 0, 1, 0]]) {
      const { reasons, message: out } = decode(message(RESPONSE, counts, question('a'), opt(...unknown)))
      expect(reasons).toEqual(['opt-invalid'])
      expect([out.ednsSizeBytes, out.rcode, out.ednsUnknownOctets, out.answerCount]).toEqual([0, 0, 9, 0])
    }
  })

  it('two OPTs: the first counts', () => {
    const { reasons, message: out } = decode(message(RESPONSE, [1, 0, 0, 2], question('a'), opt(), opt(...unknown)))
    expect(reasons).toEqual(['opt-invalid'])
    expect([out.ednsSizeBytes, out.rcode, out.ednsUnknownOctets]).toEqual([1232, 16, 9])
  })

  it.each([
    ['option length past the end', [...u16(65001, 90), 1, 2, 3], 3],
    ['option header cut', [0, 3, 0], 3],
    ['client subnet with a prefix of 200 bits', [...u16(8, 6, 1), 200, 0, 1, 2], 6],
    ['client subnet longer than its prefix', [...u16(8, 9, 1), 24, 0, 1, 2, 3, 4, 5], 9],
    ['cookie of 9 octets', [...u16(10, 9), ...Array(9).fill(1)], 9],
  ])('%s', (_what, options, octetsBooked) => {
    const { reasons, message: out } = decode(message(QUERY, [1, 0, 0, 1], question('a'), opt(...options)))
    expect(reasons).toEqual(['opt-invalid'])
    expect(out.ednsUnknownOctets).toBe(octetsBooked)
  })

  it('keepalive, wherever it was carried', () => {
    const { reasons } = decode(message(QUERY, [1, 0, 0, 1], question('a'), opt(...u16(11, 2, 100))))
    expect(reasons).toEqual([])
  })
})

describe('D10: inner lengths of RDATA that do not fit leave it raw', () => {
  it.each([
    ['TXT past the end', 16, [9, 1, 2, 3]],
    ['TXT of no string', 16, []],
    ['A of 5 octets', 1, [1, 2, 3, 4, 5]],
    ['AAAA of 4 octets', 28, [1, 2, 3, 4]],
    ['SVCB parameter past the end', 64, [0, 1, 0, 0, 1, 0, 9, 1]],
    ['SVCB keys out of order', 64, [0, 1, 0, 0, 2, 0, 0, 0, 1, 0, 0]],
    ['HTTPS without target', 65, [0, 1]],
    ['MX without target', 15, [0]],
    ['SRV target past the end', 33, [0, 0, 0, 0, 0, 0, 5, 97]],
    ['CNAME with octets behind', 5, [1, 97, 0, 1, 2]],
    ['SOA cut', 6, [1, 97, 0, 1, 97, 0, 1, 2, 3]],
  ])('%s', (_what, type, rdata) => {
    const {
      reasons,
      targets,
      message: out,
    } = decode(message(RESPONSE, ANSWERED, question('a'), record(pointer(12), type, rdata)))
    expect(reasons).toContain('rdata-invalid')
    expect(targets).toEqual([])
    expect([...out.answerOctets, out.answerCount]).toEqual([0, 0, 0, rdata.length, 1])
  })

  it.each([29, 47, 257])('type %i is raw anyway', (type) => {
    const { reasons, message: out } = decode(
      message(RESPONSE, ANSWERED, question('a'), record(pointer(12), type, [250, 1, 2])),
    )
    expect([reasons, out.answerOctets[3]]).toEqual([[], 3])
  })
})

describe('D11: mDNS', () => {
  it('a response without question, cache-flush class, NSEC with a pointer', () => {
    const body = octets(
      record('printer.local', 1, [10, 0, 0, 9], 0x8001, 120),
      record(pointer(12), 47, octets(pointer(12), [0, 4, 0x40, 0, 0, 8]), 0x8001),
    )
    const { name, reasons, message: out } = decode(message(0x8400, [0, 2, 0, 0], body))
    expect([name, reasons]).toEqual(['printer.local', []])
    expect([out.qtype, out.qclass, out.questionCount, out.answerCount]).toEqual([1, 0x8001, 0, 2])
    expect([...out.answerOctets]).toEqual([4, 0, 0, 8])
  })

  it('a question that asks for a unicast answer keeps its class as it is', () => {
    const { reasons, message: out } = decode(message(0, ONE, 'printer.local', u16(1, 0x8001)))
    expect([reasons, out.qclass & 0x7fff]).toEqual([[], 1])
  })
})
