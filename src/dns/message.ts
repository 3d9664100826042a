/** Reasons a message or a packet was not, or not wholly, decoded. Order is part of the `--stats` contract: append only. */
export const MALFORMED = [
  'header-short', // fewer than 12 octets
  'name-loop', // compression pointer to itself or in a cycle
  'name-forward-pointer', // pointer past its own position
  'name-too-long', // more than 255 octets
  'name-budget', // decoded name octets of the message passed the cap
  'label-type', // 0x40 or 0x80 label types
  'name-truncated', // name runs past the end
  'question-truncated',
  'rr-truncated', // a record's fixed part or RDATA runs past the end
  'rdata-invalid', // inner lengths of RDATA do not fit; the RDATA was kept raw
  'count-excess', // header counts promise records that are not there
  'opt-invalid', // OPT outside additional, two OPTs, or an option past its end
  'no-question',
  'many-questions', // only the first is used
  'trailing-octets',
] as const

/** One of {@link MALFORMED}. */
export type MalformedReason = (typeof MALFORMED)[number]

/** Bit of a reason in {@link DnsMessage.malformed}. */
export function malformedBit(reason: MalformedReason): number {
  return 1 << MALFORMED.indexOf(reason)
}

/** Kinds of answer payload, the index into {@link DnsMessage.answerOctets}. */
export const ANSWER_KIND = { address: 0, text: 1, target: 2, raw: 3 } as const

/** At most this many targets (CNAME, MX, SRV, NS, PTR, SVCB names) are kept of one message. */
export const TARGETS_MAX = 16
/** Octets from one name of a {@link DnsMessage} to the next. */
export const NAME_ROOM = 256

/**
 * One decoded DNS message, reused from message to message: the decoder overwrites every field.
 *
 * Names are held in wire form without compression and without the root octet, case as seen: a length octet
 * and that many label octets, label after label. The root name has length 0.
 */
export class DnsMessage {
  id = 0
  /** The 16 bits after the id: QR, opcode, AA, TC, RD, RA, Z, AD, CD, rcode (RFC 1035 4.1.1). */
  flags = 0
  /** Extended rcode: the header's four bits and, where OPT is present, its upper eight. */
  rcode = 0
  questionCount = 0
  /** The name and the targets below, by whoever writes them. */
  readonly names: DataView = new DataView(new ArrayBuffer(NAME_ROOM * (TARGETS_MAX + 2)))
  /** First question. `nameLength` is 0 for the root and where there is no question. */
  readonly name: Uint8Array = new Uint8Array(this.names.buffer, 0, NAME_ROOM)
  /** The same as words, to be copied and compared; octets behind the name in its last word are zero. */
  readonly nameWords: Int32Array = new Int32Array(this.names.buffer, 0, NAME_ROOM / 4)
  nameLength = 0
  labelCount = 0
  qtype = 0
  qclass = 0
  /** Answer records actually decoded (never the header's count). */
  answerCount = 0
  /** RDATA octets of the answer section by {@link ANSWER_KIND}; targets count their uncompressed name octets. */
  readonly answerOctets: Uint32Array = new Uint32Array(4)
  /** Hash of all answer RDATA (owner names, TTLs and order of records left out), two 32-bit lanes; 0,0 where none. */
  answerHashLo = 0
  answerHashHi = 0
  /** Smallest answer TTL in seconds; -1 where there is no answer. */
  ttlMinSeconds = -1
  /** Target names of the answer section, wire form as `name`, one every {@link NAME_ROOM} octets; the same as words. */
  readonly targets: Uint8Array = new Uint8Array(this.names.buffer, NAME_ROOM)
  readonly targetWords: Int32Array = new Int32Array(this.names.buffer, NAME_ROOM)
  readonly targetLengths: Uint8Array = new Uint8Array(TARGETS_MAX)
  /** Record type that named the target (CNAME 5, MX 15, SRV 33, ...). */
  readonly targetTypes: Uint16Array = new Uint16Array(TARGETS_MAX)
  targetCount = 0
  /** EDNS (RFC 6891): UDP payload size, 0 where no OPT was seen. */
  ednsSizeBytes = 0
  /** Octets of EDNS options with codes unknown to us. */
  ednsUnknownOctets = 0
  /** Octets of the padding option (RFC 7830), and whether any of them was not zero. */
  paddingOctets = 0
  paddingNonZero = false
  /** Bits of {@link malformedBit}; a message with bits set is still an event as far as it was decoded. */
  malformed = 0
}

/** QR bit of {@link DnsMessage.flags}: set on responses. */
export const FLAG_QR = 0x8000
/** TC bit: the answer was truncated. */
export const FLAG_TC = 0x0200
/** RD bit: recursion desired. */
export const FLAG_RD = 0x0100
