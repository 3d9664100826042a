/** Kinds of content that are read; the values of `--type`. */
export const INPUT_TYPES = [
  'pcap',
  'pcapng',
  'zeek-tsv',
  'zeek-json',
  'eve',
  'dnstap',
  'bind',
  'unbound',
  'dnsmasq',
  'dnsdist',
  'coredns',
  'csv',
  'names',
  'zeek-conn',
  'zeek-conn-json',
] as const

/** One of {@link INPUT_TYPES}. */
export type InputType = (typeof INPUT_TYPES)[number]

/** What an input turned out to be: a kind that is read, or one of three that are not. */
export interface Detected {
  readonly type: InputType | 'zeek-other' | 'empty' | 'unknown'
  /** Where it is not read: what it is instead, as the end of a sentence that starts with its name. */
  readonly reason?: string
}

/** Whether content of this type is read. */
export function isReadable(type: string): type is InputType {
  return (INPUT_TYPES as readonly string[]).includes(type)
}
