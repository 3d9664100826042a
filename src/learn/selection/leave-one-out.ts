import { summarise } from '../cross-validate.ts'
import { measureOnColumns } from './on-columns.ts'
import { rankByScore, type Selector } from './selector.ts'

/**
 * Leave one feature out: by how much the metric falls when the model is fitted without the column, each time from all
 * the others. Says what nothing else can replace: of two copies neither is missed. Costs columns + 1 cross-validations.
 */
export const leaveOneOut: Selector = {
  name: 'leave-one-out',
  rank: (examples, context) => {
    const measure = measureOnColumns(examples, context)
    const all = examples.matrix.names.map((_, column) => column)
    const whole = measure(all)
    const falls = all.map((column) => {
      // A model of no column cannot be fitted; it would guess, and the only column is all there is.
      if (all.length === 1) return whole
      const { byFold } = measure(all.filter((other) => other !== column))
      return summarise(byFold.map((without, fold) => whole.byFold[fold] - without))
    })
    const scores = Float64Array.from(falls, ({ mean }) => mean)
    const deviations = Float64Array.from(falls, ({ deviation }) => deviation)
    return { ...rankByScore(scores, context.count), deviations }
  },
}
