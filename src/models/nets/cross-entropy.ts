/**
 * Cross entropy of two outputs against a target (0 to 1), in nats; writes its gradient by the outputs, times `weight`, to `gradient`.
 * The greater output is taken out first, so that no exponential overflows.
 */
export function crossEntropy(outputs: Float64Array, y: number, weight: number, gradient: Float64Array): number {
  const most = Math.max(outputs[0], outputs[1])
  const [benign, malicious] = [Math.exp(outputs[0] - most), Math.exp(outputs[1] - most)]
  const sum = benign + malicious
  gradient[0] = weight * (benign / sum - (1 - y))
  gradient[1] = weight * (malicious / sum - y)
  return -(1 - y) * (outputs[0] - most - Math.log(sum)) - y * (outputs[1] - most - Math.log(sum))
}
