const count = new Intl.NumberFormat('en')
const short = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })

export function whole(value: number): string {
  return count.format(Math.round(value))
}

export function figure(value: number): string {
  return Math.abs(value) >= 1000 ? whole(value) : short.format(value)
}

/** Octets as people say them, in binary units. */
export function octets(value: number): string {
  if (value < 1024) return `${whole(value)} B`
  const units = ['KiB', 'MiB', 'GiB', 'TiB']
  const power = Math.min(units.length, Math.floor(Math.log2(value) / 10))
  return `${short.format(value / 1024 ** power)} ${units[power - 1]}`
}

export function time(text: string | number | null): string {
  if (text === null) return 'unknown'
  return new Date(text).toISOString().replace('T', ' ').slice(0, 19)
}

/** `3 min ago`. */
export function ago(ms: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - ms) / 1000))
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  return `${Math.floor(seconds / 86_400)} d ago`
}

/**
 * Octets of a preview: either pairs of hexadecimal digits, or text in which what is not printable, and the backslash, is `\xNN`.
 */
export function previewOctets(preview: string): number[] {
  if (/^[0-9a-f]{2}( [0-9a-f]{2})*$/.test(preview)) return preview.split(' ').map((pair) => Number.parseInt(pair, 16))
  const found = preview.match(/\\x[0-9a-f]{2}|[\s\S]/gi) ?? []
  return found.map((part) => (part.length === 4 ? Number.parseInt(part.slice(2), 16) : part.charCodeAt(0) & 0xff))
}

/** Octets in rows of sixteen: place, hexadecimal, text. */
export function hexRows(bytes: readonly number[]): { at: string; hex: string; text: string }[] {
  const rows = []
  for (let at = 0; at < bytes.length; at += 16) {
    const part = bytes.slice(at, at + 16)
    rows.push({
      at: at.toString(16).padStart(4, '0'),
      hex: part.map((octet) => octet.toString(16).padStart(2, '0')).join(' '),
      text: part.map((octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '·')).join(''),
    })
  }
  return rows
}
