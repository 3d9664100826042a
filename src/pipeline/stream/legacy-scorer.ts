import { LEGACY_NUMBERS } from '../../features/legacy/columns.ts'
import { isScorer, ModelFileError } from '../../models/model.ts'
import type { ModelFile } from '../../models/model-file.ts'
import { sigmoid } from '../../stats/sigmoid.ts'
import type { LegacyScorer } from './stage-settings.ts'

/** Places of the numbers in a row of the original system: behind the time, in the order of its table. */
const CSV_ORDER = [
  ...['timestamp', 'FQDN_count', 'subdomain_length', 'upper', 'lower', 'numeric', 'entropy', 'special', 'labels'],
  ...['labels_max', 'labels_average', 'longest_word', 'sld', 'len', 'subdomain'],
]

/** A scorer of the original system's rows by a model of their numbers. Throws `ModelFileError` where it reads other columns. */
export function loadLegacyScorer({ model, calibrator }: ModelFile, path: string): LegacyScorer {
  if (!isScorer(model)) throw new ModelFileError(`${path} scores no rows: train one with wakeful train --model.`)
  const places = model.featureNames.map((name) => {
    const csv = LEGACY_NUMBERS.find((column) => column.name === name)?.csv
    const place = csv === undefined ? -1 : CSV_ORDER.indexOf(csv)
    if (place < 0) throw new ModelFileError(`${path} reads ${name}, which is no number of the original system's rows.`)
    return place
  })
  const row = new Float64Array(places.length)
  return {
    score(text) {
      const cells = text.split(',')
      for (const [i, place] of places.entries()) {
        row[i] = Number(cells[place])
        if (cells[place] === undefined || Number.isNaN(row[i])) return 'legacy-invalid'
      }
      const margin = model.scoreOne(row, 0)
      const score = sigmoid(calibrator ? calibrator.logLikelihoodRatio(margin) : margin)
      return { score, malicious: score >= 0.5, reasons: ['legacy-model'] }
    },
  }
}
