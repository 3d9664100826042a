import type { WindowFeatureFamily } from './family.ts'

/**
 * How queries end. Exfiltration without a server of its own ends in NXDOMAIN, and so do typing errors and blocked
 * names; a tunnel's answers are new each time, a host pool's repeat. NaN where no response was seen.
 *
 * @example
 * // a b -> nameErrorShare 0, newAnswerShare 0.5, answerMean 16
 */
export const outcome: WindowFeatureFamily = {
  name: 'outcome',
  features: [
    { name: 'nameErrorShare', unit: 'ratio' },
    { name: 'newAnswerShare', unit: 'ratio' },
    { name: 'answerMean', unit: 'octets' },
  ],
  extract({ answered, nameErrors, answers, answerOctets }, out, at) {
    out[at] = nameErrors / answered
    out[at + 1] = answers.size / answered
    out[at + 2] = answerOctets / answered
  },
}
