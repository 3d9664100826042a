/** A decoder under fuzz. */
export interface Target {
  readonly name: string
  /** Valid inputs that mutations start from. */
  readonly corpus: readonly Uint8Array[]
  /** Inputs to start from that are themselves counted as malformed. */
  readonly flawed?: readonly Uint8Array[]
  /** Share of all inputs: dear targets get few. */
  readonly weight: number
  /**
   * Decodes the bytes and checks what must hold of the outcome. True where they were taken without complaint, false
   * where they were counted as malformed or refused by an error the decoder documents; anything else is thrown.
   */
  run(bytes: Uint8Array): boolean | Promise<boolean>
}

/** Throws where what must hold of an outcome does not. */
export function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise)
}

/** Whether this decodes; errors other than those documented pass through. */
export function accepted(decode: () => unknown, isDocumented: (error: unknown) => boolean): boolean {
  try {
    decode()
    return true
  } catch (error) {
    if (!isDocumented(error)) throw error
    return false
  }
}
