/**
 * Tells how much of a payload each piece of a stream made from it finishes, where a cipher or compression stands
 * between: in proportion, whole octets, and all of it once the stream is out.
 *
 * @example
 * const share = createShare(10, 5)
 * share(3) // 1, and share(7) is 4
 */
export function createShare(streamOctets: number, payloadOctets: number): (octets: number) => number {
  let passed = 0
  let told = 0
  return (octets) => {
    passed += octets
    const finished = passed >= streamOctets ? payloadOctets : Math.floor((passed * payloadOctets) / streamOctets)
    const fresh = finished - told
    told = finished
    return fresh
  }
}
