import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { domainToASCII, fileURLToPath } from 'node:url'
import { getPublicSuffix, parse } from 'tldts'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../stats/random.ts'
import { formatName, parseName } from './name.ts'
import { createSuffixSplit, loadIcannSuffixes, loadPublicSuffixes, PublicSuffixes } from './public-suffix.ts'

const LIST = '/usr/share/publicsuffix/public_suffix_list.dat'
const ASSET = fileURLToPath(new URL('../../assets/public-suffix.bin', import.meta.url))
const SCRIPT = fileURLToPath(new URL('../../scripts/build-public-suffix.mjs', import.meta.url))
const suffixes = loadPublicSuffixes()

/** Debian's list, where it is installed in the version the asset was made from; else why not. */
const absent = whyAbsent()
function whyAbsent(): string | undefined {
  if (!existsSync(LIST)) return `${LIST} is not there (Debian package publicsuffix)`
  const version = installedVersion()
  return version === suffixes.version ? undefined : `the installed list is ${version}, ours ${suffixes.version}`
}
function installedVersion(): string {
  try {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholder
    return execFileSync('dpkg-query', ['-W', '-f', '${Version}', 'publicsuffix'], { encoding: 'latin1' })
  } catch {
    return 'not known to dpkg'
  }
}
if (absent !== undefined) console.warn(`SKIPPED: comparing with Debian's list: ${absent}`)

const split = createSuffixSplit()
const wire = new Uint8Array(300)

/** Registered domain and suffix of a name, as text. */
function cut(name: string): { domain: string | null; suffix: string; unknown: boolean } {
  const length = parseName(name, wire, 5)
  const found = suffixes.registeredDomainStart(wire, 5, length, split)
  expect(found).toBe(split.registeredStart)
  const text = (from: number) => formatName(wire, from, 5 + length - from)
  return {
    domain: found < 0 ? null : text(found),
    suffix: text(split.suffixStart),
    unknown: split.unknownTop,
  }
}

describe('registeredDomainStart', () => {
  // publicsuffix.org/list: test_psl.txt, in part.
  it.each([
    ['com', null],
    ['example.com', 'example.com'],
    ['WwW.Example.COM', 'Example.COM'],
    ['example.example', 'example.example'],
    ['b.example.example', 'example.example'],
    ['local', null],
    ['biz', null],
    ['a.b.domain.biz', 'domain.biz'],
    ['uk.com', null],
    ['a.b.example.uk.com', 'example.uk.com'],
    ['c.mm', null],
    ['b.c.mm', 'b.c.mm'],
    ['a.b.c.mm', 'b.c.mm'],
    ['jp', null],
    ['ide.kyoto.jp', null],
    ['b.ide.kyoto.jp', 'b.ide.kyoto.jp'],
    ['c.kobe.jp', null],
    ['b.c.kobe.jp', 'b.c.kobe.jp'],
    ['city.kobe.jp', 'city.kobe.jp'],
    ['www.city.kobe.jp', 'city.kobe.jp'],
    ['ck', null],
    ['test.ck', null],
    ['b.test.ck', 'b.test.ck'],
    ['www.ck', 'www.ck'],
    ['www.www.ck', 'www.ck'],
    ['k12.ak.us', null],
    ['www.test.k12.ak.us', 'test.k12.ak.us'],
    ['xn--85x722f.com.cn', 'xn--85x722f.com.cn'],
    ['www.xn--85x722f.xn--55qx5d.cn', 'xn--85x722f.xn--55qx5d.cn'],
    ['xn--fiqs8s', null],
    ['someone.github.io', 'someone.github.io'],
    ['b.s3.amazonaws.com', 'b.s3.amazonaws.com'],
    ['kobe.jp', 'kobe.jp'],
  ])('of %s is %s', (name, domain) => {
    expect(cut(name).domain).toBe(domain)
  })

  it('refuses a file without a root, which would have no table to look in', () => {
    const version = Buffer.from('20230209')
    const file = Buffer.from([...Buffer.from('WPSL'), 1, version.length, ...version, 0, 1, 0, 0, 0, 0])
    expect(() => new PublicSuffixes(file)).toThrow('damaged')
  })

  it('is what the comment says', () => {
    const length = parseName('a.b.example.co.uk', wire, 0)
    expect(length).toBe(18)
    expect(suffixes.registeredDomainStart(wire, 0, length, split)).toBe(4)
    expect(split.suffixStart).toBe(12)
  })

  it('says where no rule speaks of the last label', () => {
    expect(cut('a.b.corp')).toEqual({ domain: 'b.corp', suffix: 'corp', unknown: true })
    expect(cut('corp').unknown).toBe(true)
    expect(cut('ck').unknown).toBe(false)
    expect(cut('.')).toEqual({ domain: null, suffix: '.', unknown: false })
    expect(cut('a.com\\.uk')).toEqual({ domain: 'a.com\\.uk', suffix: 'com\\.uk', unknown: true })
  })

  it('survives octets that are no name', () => {
    const random = createRandom(5)
    for (let i = 0; i < 2000; i++) {
      const octets = Uint8Array.from({ length: random() * 255 }, () => random() * (i % 2 === 0 ? 256 : 8))
      const found = suffixes.registeredDomainStart(octets, 0, octets.length, split)
      expect(found).toBeLessThanOrEqual(octets.length)
    }
  })

  it('knows how old it is', () => {
    expect(suffixes.version.replace(/\..*/, '')).toBe(suffixes.date.replaceAll('-', ''))
  })

  it.each([
    ['someone.github.io', 'github.io'],
    ['b.s3.amazonaws.com', 'amazonaws.com'],
    ['a.b.example.co.uk', 'example.co.uk'],
    ['252.0.0.224.in-addr.arpa', '224.in-addr.arpa'],
    ['b.c.kobe.jp', 'b.c.kobe.jp'],
  ])('of %s is %s where the private section is left out', (name, domain) => {
    const length = parseName(name, wire, 0)
    const found = loadIcannSuffixes().registeredDomainStart(wire, 0, length, split)
    expect(formatName(wire, found, length - found)).toBe(domain)
  })

  it('refuses a file that is none', () => {
    expect(() => new PublicSuffixes(new Uint8Array(20))).toThrow(/build-public-suffix/)
  })
})

describe.skipIf(absent !== undefined)("against Debian's list", () => {
  const rules = absent === undefined ? readRules() : []
  const names = absent === undefined ? composeNames(rules) : []

  it('a rebuild gives the same octets', () => {
    const folder = mkdtempSync(join(tmpdir(), 'wakeful-psl-'))
    try {
      const rebuilt = join(folder, 'psl.bin')
      execFileSync(process.execPath, [SCRIPT, LIST, rebuilt, suffixes.version], { stdio: 'ignore' })
      expect(readFileSync(rebuilt).equals(readFileSync(ASSET))).toBe(true)
    } finally {
      rmSync(folder, { recursive: true })
    }
    expect(readFileSync(ASSET).length).toBeLessThan(150_000)
    expect(suffixes.ruleCount).toBe(rules.length)
  })

  it('agrees with the algorithm of publicsuffix.org, written down plainly', () => {
    const known = new Set(rules)
    const wrong = names.filter((name) => cut(name).suffix !== plainSuffix(name, known))
    expect(names.length).toBeGreaterThan(30_000)
    expect(wrong).toEqual([])
  })

  it('agrees with tldts wherever both lists hold the rule', () => {
    const known = new Set(rules)
    const unexplained: string[] = []
    let same = 0
    for (const name of names) {
      const ours = cut(name)
      const theirs = parse(name, { allowPrivateDomains: true, validateHostname: false })
      if (theirs.publicSuffix === ours.suffix && theirs.domain === ours.domain) same++
      else if (isOurs(theirs.publicSuffix ?? '', known) && isTheirs(ours.suffix)) unexplained.push(name)
    }
    // tldts carries a list some years younger: rules came (more suffixes cut) and went.
    expect(unexplained).toEqual([])
    expect(same / names.length).toBeGreaterThan(0.9)
  })
})

function isOurs(suffix: string, known: Set<string>): boolean {
  return known.has(suffix) || known.has(suffix.replace(/^[^.]+/, '*'))
}

function isTheirs(suffix: string): boolean {
  return getPublicSuffix(`x.y.${suffix}`, { allowPrivateDomains: true, validateHostname: false }) === suffix
}

/** The rules as ASCII, `*.` and `!` kept. */
function readRules(): string[] {
  return readFileSync(LIST, 'utf8')
    .split('\n')
    .map((line) => line.split(/\s/)[0])
    .filter((rule) => rule !== '' && !rule.startsWith('//'))
    .map((rule) => {
      const mark = /^(\*\.|!)?/.exec(rule)![0]
      return mark + domainToASCII(rule.slice(mark.length))
    })
}

/** Every rule as it is, with one label and two in front, and with its first label changed. */
function composeNames(all: string[]): string[] {
  const random = createRandom(11)
  const label = () => Math.floor(random() * 36 ** 6).toString(36)
  return all.flatMap((rule) => {
    const name = rule.replace('!', '').replace('*', label())
    return [name, `${label()}.${name}`, `${label()}.www.${name}`, name.replace(/^[^.]+/, label())]
  })
}

/** The longest matching rule by trying each; an exception wins and loses its first label; else the last label. */
function plainSuffix(name: string, rules: Set<string>): string {
  const labels = name.split('.')
  const tails = labels.map((_, i) => labels.slice(i).join('.'))
  const exception = tails.find((tail) => rules.has(`!${tail}`))
  if (exception !== undefined) return exception.slice(exception.indexOf('.') + 1)
  const rule = tails.find((tail) => rules.has(tail) || (tail.includes('.') && rules.has(tail.replace(/^[^.]+/, '*'))))
  return rule ?? labels[labels.length - 1]
}
