/** The columns of Zeek's dns.log that are read; a cell's index into {@link ZeekCells}. */
export const FIELD = {
  ts: 0,
  origHost: 1,
  respHost: 2,
  respPort: 3,
  proto: 4,
  rtt: 5,
  query: 6,
  originalQuery: 7,
  qclass: 8,
  qtype: 9,
  qtypeName: 10,
  rcode: 11,
  rcodeName: 12,
  aa: 13,
  tc: 14,
  rd: 15,
  ra: 16,
  z: 17,
  answers: 18,
  ttls: 19,
  origPort: 20,
  uid: 21,
} as const

export const FIELD_COUNT: number = Object.keys(FIELD).length

/** Zeek's names of the columns. `original_query` comes from policy/protocols/dns/log-original-query-case. */
export const FIELD_OF_NAME: ReadonlyMap<string, number> = new Map([
  ['ts', FIELD.ts],
  ['id.orig_h', FIELD.origHost],
  ['id.resp_h', FIELD.respHost],
  ['id.resp_p', FIELD.respPort],
  ['proto', FIELD.proto],
  ['rtt', FIELD.rtt],
  ['query', FIELD.query],
  ['original_query', FIELD.originalQuery],
  ['qclass', FIELD.qclass],
  ['qtype', FIELD.qtype],
  ['qtype_name', FIELD.qtypeName],
  ['rcode', FIELD.rcode],
  ['rcode_name', FIELD.rcodeName],
  ['AA', FIELD.aa],
  ['TC', FIELD.tc],
  ['RD', FIELD.rd],
  ['RA', FIELD.ra],
  ['Z', FIELD.z],
  ['answers', FIELD.answers],
  ['TTLs', FIELD.ttls],
  ['id.orig_p', FIELD.origPort],
  ['uid', FIELD.uid],
])

/** In {@link ZeekCells.ends}: the log has no such column. */
export const ABSENT = -2
/** In {@link ZeekCells.ends}: the column is there and the cell says "no value". */
export const UNSET = -1

/** The cells of one line: octets from `starts` to `ends`, or {@link ABSENT} or {@link UNSET} as the end. */
export interface ZeekCells {
  bytes: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
}

export function newCells(): ZeekCells {
  return {
    bytes: new Uint8Array(0),
    starts: new Int32Array(FIELD_COUNT),
    ends: new Int32Array(FIELD_COUNT).fill(ABSENT),
  }
}
