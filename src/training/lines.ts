import type { Thresholds } from '../detect/detection-model.ts'

/**
 * The lines of a new model. Octets are what may leave before an alert, chosen on the training rows so that no natural
 * benign domain comes within a factor 1.3 of one (`wakeful train` prints the nearest); the sequential limits answer to
 * the alert budget: a limit h costs at most one false alarm in e^h independent exchanges (9: one in 8,103).
 */
export const DEFAULT_THRESHOLDS: Thresholds = {
  accountOctets: [512, 512, 1024, 2048],
  downlinkOctets: 1024,
  downlinkNames: 4,
  sequential: { names: 14, answers: 9 },
  listSum: 15,
  listOctetsAName: 16,
  listNames: 6,
  sequentialOctets: 24,
  inventedOctets: 512,
  rotationOctets: 1024,
  rotationDomains: 3,
  lookupOctets: 16 * 1024,
  lookupWeekOctets: 2048,
  lookupShare: 0.25,
}
