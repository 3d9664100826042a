import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Detector } from '../detect/detector.ts'
import { decodeSnapshot, encodeSnapshot, SnapshotError } from '../detect/snapshot.ts'
import { replaceFile } from '../files/replace-file.ts'

const FILE = 'accounts.state'

/**
 * The folder of `--state`: accounts that outlive a scan, so that nightly scans of rotated logs see days. Accounts are
 * only worth what the model makes of them, so a state written under another model is refused.
 */
export class StateFolder {
  private readonly path: string
  private readonly folder: string
  private readonly modelVersion: string

  constructor(folder: string, modelVersion: string) {
    this.folder = folder
    this.path = join(folder, FILE)
    this.modelVersion = modelVersion
  }

  /** Gives the detector what earlier scans knew, if there were any. Throws {@link SnapshotError}. */
  load(detector: Detector): void {
    if (!existsSync(this.path)) return
    try {
      const { modelVersion, detector: memory } = decodeSnapshot(readFileSync(this.path))
      if (modelVersion !== this.modelVersion) {
        throw new SnapshotError(
          'was written with another model; scan with that model, or remove it to start with no history',
        )
      }
      detector.remember(memory as Record<string, unknown>)
    } catch (error) {
      if (error instanceof SnapshotError) throw new SnapshotError(`The state ${this.path} ${error.message}.`)
      throw error
    }
  }

  /** Writes what the detector knows now, whole or not at all. */
  save(detector: Detector): void {
    mkdirSync(this.folder, { recursive: true })
    const state = encodeSnapshot({ modelVersion: this.modelVersion, detector: detector.memory() })
    replaceFile(this.path, state, { durable: true })
  }
}
