import type { Detector } from '../detect/detector.ts'
import { SnapshotError } from '../detect/snapshot.ts'
import type { ScanOptions } from '../pipeline/scan.ts'
import { StateFolder } from '../pipeline/state-folder.ts'
import { EXIT, ExitError } from './exit.ts'

/**
 * The accounts of `--state`: loaded before the first row of the timed inputs, kept once what they found is printed, so
 * that a scan that was stopped is made again in full. Inputs without time have no history.
 */
export class CarriedState {
  private readonly folder: StateFolder
  private detector: Detector | undefined

  constructor(folder: string, modelVersion: string) {
    this.folder = new StateFolder(folder, modelVersion)
  }

  readonly hooks: Pick<ScanOptions, 'watcher'> = {
    watcher: {
      onDetector: (detector, timed) => {
        if (timed) this.load(detector)
      },
    },
  }

  /** Keeps what the scan left behind; nothing where there was nothing with times. */
  save(): void {
    if (this.detector) this.folder.save(this.detector)
  }

  private load(detector: Detector): void {
    this.detector = detector
    try {
      this.folder.load(detector)
    } catch (error) {
      if (error instanceof SnapshotError) throw new ExitError(EXIT.configuration, error.message, { cause: error })
      throw error
    }
  }
}
