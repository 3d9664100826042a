import { counterValues } from './counter.ts'
import type { Labels } from './sample-names.ts'

const COUNTER_DIGITS_MAX = 8
const DASH = /^([^-_]{1,16})[-_](.+)$/

/** Names without a header inside their first label. */
interface Cut {
  readonly payloads: readonly Labels[]
  readonly counted: boolean
}

/**
 * Ways to take a header off the first labels: a number before a dash that counts, a field of fixed width that counts,
 * the characters that never change. Only ways that leave something of every name.
 */
export function inLabelHeaders(names: readonly Labels[]): Cut[] {
  const firsts = names.map((labels) => labels[0])
  const constant = commonPrefix(firsts)
  const widths = [dashed(firsts), fixedCounter(firsts, constant)]
  const cuts: Cut[] = []
  for (const width of widths) {
    const payloads = width && cutAll(names, width)
    if (payloads) cuts.push({ payloads, counted: true })
  }
  const plain = constant > 0 && cutAll(names, () => constant)
  if (plain) cuts.push({ payloads: plain, counted: false })
  return cuts
}

function cutAll(names: readonly Labels[], widthOf: (first: string) => number): Labels[] | null {
  const cut = names.map(([first, ...rest]) => [first.slice(widthOf(first)), ...rest].filter(Boolean))
  return cut.every((labels) => labels.length > 0) ? cut : null
}

function dashed(firsts: readonly string[]): ((first: string) => number) | null {
  const parts = firsts.map((first) => DASH.exec(first))
  if (!parts.every((part) => part !== null) || !counterValues(parts.map((part) => part[1]))) return null
  return (first) => first.search(/[-_]/) + 1
}

/** A field of as many characters in every name, at a place up to which nothing changes, that counts. */
function fixedCounter(firsts: readonly string[], constant: number): ((first: string) => number) | null {
  const shortest = Math.min(...firsts.map((first) => first.length))
  let end = 0
  for (let start = 0; start <= constant; start++) {
    for (let width = 2; width <= COUNTER_DIGITS_MAX && start + width <= shortest; width++) {
      if (start + width > end && counterValues(firsts.map((first) => first.slice(start, start + width)))) {
        end = start + width
      }
    }
  }
  return end > 0 ? () => end : null
}

function commonPrefix(texts: readonly string[]): number {
  let length = 0
  while (length < texts[0].length && texts.every((text) => text[length] === texts[0][length])) length++
  return length
}
