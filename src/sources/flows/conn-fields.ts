/** The columns of Zeek's conn.log that are read, by their names; a cell's index into a row's cells. */
export const CONN_FIELDS = [
  ...['ts', 'uid', 'id.orig_h', 'id.orig_p', 'id.resp_h', 'id.resp_p', 'proto', 'service', 'duration'],
  ...['orig_bytes', 'resp_bytes', 'conn_state', 'history', 'orig_pkts', 'orig_ip_bytes', 'resp_pkts', 'resp_ip_bytes'],
] as const
export type ConnField = (typeof CONN_FIELDS)[number]

export const CONN_FIELD_OF_NAME: ReadonlyMap<string, number> = new Map(CONN_FIELDS.map((name, i) => [name, i]))

/** Columns of conn.log as Zeek writes them since 2.6, for pieces whose header was cut off. */
export const CONN_DEFAULT: readonly string[] = (
  'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto service duration orig_bytes resp_bytes conn_state local_orig ' +
  'local_resp missed_bytes history orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes tunnel_parents'
).split(' ')

/** Cells of one line as text, by {@link ConnField}; undefined where there is no value. */
export type ConnCells = Partial<Record<ConnField, string>>
