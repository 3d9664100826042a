/** Something about a store's folder that the operator can mend; the message is one sentence on how. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
}
