/**
 * Octets and characters that a terminal acts on or that a reader cannot see: C0 and C1 controls, every format character
 * (bidirectional controls, zero-width ones, soft hyphen), line and paragraph separators, lone surrogates, private use
 * and unassigned. What is left is text. Letters that look like others are not told apart: names are punycode here.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu

/**
 * Text that is safe in one line of a terminal or a cell: what is unsafe becomes `\xNN` or `\u{N...}`. Names come
 * escaped already (RFC 4343) and pass unchanged; paths and messages of others are why this stands before every output.
 *
 * @example
 * printable('\x1b[2Jevil') // '\\x1b[2Jevil'
 */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => {
    const code = character.codePointAt(0) ?? 0
    const hex = code.toString(16)
    return code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u{${hex}}`
  })
}
