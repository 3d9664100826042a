/** Part of a domain by its hash (DESIGN.md 7): benign names go to test where this is 0 of 5. */
export function domainPart(lo: number, hi: number, parts: number): number {
  // 2^32 mod 5 is 1, so hi * 2^32 + lo and hi + lo leave the same rest for five parts; for two, the low half decides.
  return ((hi % parts) * (4294967296 % parts) + (lo % parts)) % parts
}

/** Parts benign domains are dealt out to; part 0 is never trained on. */
const TEST_PARTS = 5

/** Whether nothing may train on a benign domain, by its hash. */
export function isTestDomain(lo: number, hi: number): boolean {
  return domainPart(lo, hi, TEST_PARTS) === 0
}
