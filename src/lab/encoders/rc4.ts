/**
 * RC4, which OpenSSL 3 no longer offers and DNSExfiltrator still uses. Broken since long; it protects nothing here.
 *
 * @example
 * rc4(latin1('Key'), latin1('Plaintext')) // bb f3 16 e8 d9 40 af 0a d3
 */
export function rc4(key: Uint8Array, octets: Uint8Array): Uint8Array {
  const state = Uint8Array.from({ length: 256 }, (_, i) => i)
  const swap = (a: number, b: number) => {
    ;[state[a], state[b]] = [state[b], state[a]]
  }
  for (let i = 0, j = 0; i < 256; i++) swap(i, (j = (j + state[i] + key[i % key.length]) & 255))
  let i = 0
  let j = 0
  return octets.map((octet) => {
    i = (i + 1) & 255
    j = (j + state[i]) & 255
    swap(i, j)
    return octet ^ state[(state[i] + state[j]) & 255]
  })
}
