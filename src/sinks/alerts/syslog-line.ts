import type { Severity } from '../../detect/incident.ts'

/** Facility 4, security messages (RFC 5424, table 1). */
const FACILITY = 4
/** RFC 5424, table 2: critical is an alert, low is a notice. */
const SEVERITY: Readonly<Record<Severity, number>> = { critical: 1, high: 2, medium: 4, low: 5 }
const ANY_BUT_PRINTABLE = /[^\x21-\x7e]/g

/** Where a message says it comes from. */
export interface SyslogSender {
  readonly hostname: string
  readonly processId: number
}

/**
 * One message of RFC 5424, without structured data; the text is ASCII, so no byte order mark stands before it.
 *
 * ```
 * <PRI>1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID - MSG
 * ```
 */
export function syslogLine(timeMs: number, severity: Severity, sender: SyslogSender, text: string): string {
  const priority = FACILITY * 8 + SEVERITY[severity]
  const hostname = sender.hostname.replace(ANY_BUT_PRINTABLE, '').slice(0, 255) || '-'
  const ascii = text.trimEnd().replace(/[^\x20-\x7e]/gu, '?')
  return `<${priority}>1 ${new Date(timeMs).toISOString()} ${hostname} wakeful ${sender.processId} incident - ${ascii}`
}

/** A message as streams carry it: its octets counted in front (RFC 6587, 3.4.1; RFC 5425, 4.3). */
export function countedFrame(message: string): string {
  return `${Buffer.byteLength(message)} ${message}`
}
