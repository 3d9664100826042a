/** A column of texts, each distinct one kept once: row `r` holds `values[codes[r]]`. Text 0 is the empty one. */
export interface TextColumn {
  readonly codes: Uint32Array
  readonly values: readonly string[]
}

/** Collects a {@link TextColumn} row by row. */
export class TextColumnBuilder {
  private readonly codeOf = new Map<string, number>([['', 0]])
  private codes = new Uint32Array(1024)
  private rows = 0

  add(text: string): void {
    let code = this.codeOf.get(text)
    if (code === undefined) {
      code = this.codeOf.size
      this.codeOf.set(text, code)
    }
    if (this.rows === this.codes.length) {
      const grown = new Uint32Array(this.rows * 2)
      grown.set(this.codes)
      this.codes = grown
    }
    this.codes[this.rows++] = code
  }

  build(): TextColumn {
    return { codes: this.codes.slice(0, this.rows), values: [...this.codeOf.keys()] }
  }
}
