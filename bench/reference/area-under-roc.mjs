/** The share of pairs of a positive and a negative that are in the right order; a tie is half a pair. */
export function areaUnderRoc(scores, y) {
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[a] - scores[b])
  let [pairs, negatives, positives] = [0, 0, 0]
  for (let i = 0, next = 0; i < order.length; i = next) {
    let [up, down] = [0, 0]
    for (; next < order.length && scores[order[next]] === scores[order[i]]; next++) {
      if (y[order[next]] > 0.5) up++
      else down++
    }
    pairs += up * (negatives + down / 2)
    negatives += down
    positives += up
  }
  return pairs / (positives * negatives)
}
