import type { Spread } from './tunnel-totals.ts'

/** What stands where there is nothing to say. */
export const NOTHING = '-'

export function count(value: number | null): string {
  return value === null ? NOTHING : Math.round(value).toLocaleString('en-US')
}

export function spread(value: Spread | null): string {
  return value === null ? NOTHING : [value.p50, value.p95, value.max].map(count).join(' / ')
}

export function words(values: readonly string[]): string {
  return values.length === 0 ? NOTHING : values.join(', ')
}

/** A file as a table has room for it: its last folder (many are called `dns`), without the ending that captures share. */
export function shortFile(file: string): string {
  return file
    .split('/')
    .slice(-2)
    .join('/')
    .replace(/\.(pcap|pcapng)(\.gz)?$/, '')
}

export function whichSplit(split: string): string {
  return split === 'train' ? 'train (in sample)' : `${split} (held out)`
}
