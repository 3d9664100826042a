import { type Confusion, type ConfusionRates, confusionRates } from '../../metrics/confusion.ts'
import { kappa, kappaTemporal } from '../../metrics/kappa.ts'

/** What an arm got right and wrong, of a window, since the start, or with the past fading. */
export interface StreamFigures extends Confusion, ConfusionRates {
  readonly kappa: number
  readonly kappaTemporal: number
  /** Share of rows whose label is that of the row before: what no change gets right. */
  readonly noChangeAccuracy: number
}

/** Counts verdicts of one arm; with a fading factor below 1 every row takes that share off all before it. */
export class VerdictTally {
  private truePositives = 0
  private falsePositives = 0
  private trueNegatives = 0
  private falseNegatives = 0
  private unchanged = 0
  private readonly fading: number

  constructor(fading = 1) {
    this.fading = fading
  }

  /** `unchanged` where the row's label is that of the row before it. */
  add(y: 0 | 1, flagged: boolean, unchanged: boolean): void {
    if (this.fading < 1) this.fade()
    if (unchanged) this.unchanged++
    if (flagged) {
      if (y === 1) this.truePositives++
      else this.falsePositives++
    } else if (y === 1) this.falseNegatives++
    else this.trueNegatives++
  }

  private fade(): void {
    const { fading } = this
    this.truePositives *= fading
    this.falsePositives *= fading
    this.trueNegatives *= fading
    this.falseNegatives *= fading
    this.unchanged *= fading
  }

  figures(): StreamFigures {
    const { truePositives, falsePositives, trueNegatives, falseNegatives } = this
    const confusion = { truePositives, falsePositives, trueNegatives, falseNegatives }
    const rates = confusionRates(confusion)
    const rows = truePositives + falsePositives + trueNegatives + falseNegatives
    const noChangeAccuracy = this.unchanged / rows
    return {
      ...confusion,
      ...rates,
      kappa: kappa(confusion),
      kappaTemporal: kappaTemporal(rates.accuracy, noChangeAccuracy),
      noChangeAccuracy,
    }
  }

  /** Forgets everything, for the next window. */
  clear(): void {
    this.truePositives = 0
    this.falsePositives = 0
    this.trueNegatives = 0
    this.falseNegatives = 0
    this.unchanged = 0
  }
}
