/**
 * Entropy as the originals computed it, from the Shannon entropy of the same `octets` octets: each probability is
 * divided by one octet too many (the dot that they left out of the text and kept in its length), so they sum to
 * n / (n + 1) instead of 1.
 *
 * Kept because tables and models of the originals hold it; use the Shannon entropy for anything new. Too high for texts
 * of few different octets ('a' has 0.5 bits instead of 0), too low for others ('abcdefgh' 2.818 instead of 3).
 *
 * @example
 * legacyEntropy(2.2516291673878226, 6) // 2.120589933192232, of 'isatap'
 */
export function legacyEntropy(shannonBits: number, octets: number): number {
  const length = octets + 1
  return octets === 0 ? 0 : (octets / length) * (shannonBits + Math.log2(length / octets))
}
