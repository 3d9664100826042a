import type { Severity } from '../detect/incident.ts'
import type { Layout } from './incident-format.ts'

/** SGR codes (ECMA-48 8.3.117), in the sixteen colours that every theme sets for itself. */
const CODES = { critical: '1;31', high: '31', medium: '33', low: '32', strong: '1', faint: '2' } as const

/** Text in a style where the layout has colour; lay out first, paint last, so that codes take no columns. */
export function paint(text: string, style: Severity | 'strong' | 'faint', { colour }: Layout): string {
  return colour && text !== '' ? `\x1b[${CODES[style]}m${text}\x1b[0m` : text
}
