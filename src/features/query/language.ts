import type { QueryFeatureFamily } from './family.ts'

/**
 * How surprising the prefix is to a model of benign names, in all and for each octet.
 *
 * Random text costs 5 to 8 bits an octet, host names 2 to 4. Dictionary words used as code symbols are cheap for each
 * octet and dear in sum, so both stand here.
 */
export const language: QueryFeatureFamily = {
  name: 'language',
  answers: false,
  features: [
    { name: 'languageBits', unit: 'bits' },
    { name: 'languageBitsPerOctet', unit: 'bits/octet' },
  ],
  extract({ prefix, languageBits }, out, at) {
    out[at] = languageBits
    out[at + 1] = languageBits / (prefix.length + 1)
  },
}
