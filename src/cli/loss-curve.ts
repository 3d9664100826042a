import { showStep } from './step.ts'

const LEVELS = '▁▂▃▄▅▆▇█'
/** Passes that a line of a terminal has room for; of more the last are shown. */
const PASSES_SHOWN = 30

/** Losses as a line of bars, the highest first to the top: what a reader wants to see fall. */
export function lossCurve(losses: readonly number[]): string {
  const shown = losses.slice(-PASSES_SHOWN).filter(Number.isFinite)
  const [low, high] = [Math.min(...shown), Math.max(...shown)]
  const level = (loss: number) => (high > low ? Math.round(((loss - low) / (high - low)) * (LEVELS.length - 1)) : 0)
  return shown.map((loss) => LEVELS[level(loss)]).join('')
}

/**
 * Shows the losses of a net while it learns: the loss of the pass, that of the rows held out, and both curves. A net that is calibrated
 * is trained six times, five of them without a part of its rows: each begins a curve anew.
 */
export function showLosses(show: typeof showStep = showStep) {
  let losses: number[] = []
  let held: number[] = []
  return (pass: number, of: number, loss: number, heldLoss: number | undefined): void => {
    if (pass === 1) [losses, held] = [[], []]
    losses.push(loss)
    if (heldLoss !== undefined) held.push(heldLoss)
    const kept = heldLoss === undefined ? '' : `, held out ${heldLoss.toFixed(4)} ${lossCurve(held)}`
    show(pass - 1, of, `passes, loss ${loss.toFixed(4)} ${lossCurve(losses)}${kept}`)
  }
}
