import { AdaptivePolicy, POLICY_SETTINGS } from '../../adapt/adaptive-policy.ts'
import { encodeLearned, LearnedVersion } from '../../adapt/learned-version.ts'
import { type Taught, Teacher } from '../../adapt/teacher.ts'
import type { VerdictJournal, VerdictWord } from '../../adapt/verdict-journal.ts'
import { EVIDENCE_ROWS, type Evidence, VersionError, type VersionFolder } from '../../adapt/version-folder.ts'
import type { Broker } from '../../broker/broker.ts'
import { loadPublicSuffixes } from '../../dns/public-suffix.ts'
import { armFeatures } from '../../features/query/index.ts'
import { ModelFileError, type OnlineLearner } from '../../models/model.ts'
import { decodeModel, encodeModel } from '../../models/model-file.ts'
import { createLearner, type LearnerName } from '../../models/online/index.ts'
import { versionMessage } from '../../sinks/messages/version.ts'
import type { CheckpointFolder } from './checkpoint-folder.ts'
import { LearnerStage } from './learner-stage.ts'
import type { Stage } from './stage.ts'
import type { StageSettings } from './stage-settings.ts'

const MINUTE_MS = 60_000
/** A version is made after so many labels more, and of no class with fewer than this. */
const CLASS_LABELS_MIN = 20
/** A shadow that shows itself is replaced only after so many times the labels between versions. */
const STANDS_FOR = 10
/** Evidence is told each time so many rows came to it. */
const TOLD_EVERY = 10
/** Name under which what was learned is kept beside the partitions' checkpoints. */
const LEARNED = 'learned'

const FEATURES = armFeatures('answers').map(({ name, unit }) => ({ name, unit }))
const FEATURE_NAMES = FEATURES.map(({ name }) => name)

/** How the role is set. */
export interface LearnerOptions extends StageSettings {
  readonly learner: LearnerName
  readonly seed: number
  readonly versions: VersionFolder
  readonly verdicts: VerdictJournal
  readonly checkpoints: CheckpointFolder
  /** Labels after which a version is made. */
  readonly labelsAVersion: number
  /** Gives a shadow the say once rows show that it deserves it; else a person does. */
  readonly promotes: boolean
  say(sentence: string): void
  /** The time on the wall, as ISO 8601. */
  today(): string
}

/** How the learner stands, for the health output. */
export interface LearnerHealth {
  readonly taught: Taught
  readonly drifts: number
  readonly standing: { readonly current: string | undefined; readonly shadow: string | undefined }
  readonly evidence: Evidence
}

/**
 * The one role that learns (DESIGN.md 3): it reads what the workers read, learns from verdicts, confirmed accounts and long harmless
 * use, and makes versions. A version stands as a shadow until rows show that it deserves the say; what has the say is named in the
 * log of every partition, for the workers to follow at one minute of event time.
 *
 * ```
 * rows, verdicts -> learner -> version (shadow) -> evidence -> promote -> {"kind":"version"} in the log -> workers
 * ```
 */
export class LearnerRole {
  readonly topics: readonly string[]
  private readonly options: LearnerOptions
  private readonly suffixes = loadPublicSuffixes()
  private readonly stages = new Map<number, LearnerStage>()
  private readonly teacher: Teacher
  private learner: OnlineLearner
  private labelsAtVersion = 0
  private toldRows = 0
  private drifts = 0
  /** Verdicts that were learned from. Kept with the learner: a partition that stands still keeps its checkpoint. */
  private heard = new Map<string, VerdictWord>()
  private announced: string | null | undefined
  /** The shadow that is asked, or that cannot be read. */
  private watched: string | undefined

  constructor(options: LearnerOptions) {
    this.options = options
    this.topics = [options.topic]
    const { checkpoints, learner: name, seed } = options
    this.learner = createLearner(name, FEATURE_NAMES, seed)
    const kept = checkpoints.load(LEARNED, 0, (sentence) => options.say(sentence))?.memory
    if (kept !== undefined) this.learner = decodeModel(kept.model as Uint8Array, { kind: name }).model as OnlineLearner
    this.teacher = new Teacher(new AdaptivePolicy(this.learner))
    if (kept !== undefined) this.resume(kept)
    this.watched = options.versions.standing().shadow
    this.teacher.watch(this.shadow())
  }

  /** What reads one partition. */
  stageOf = (_topic: string, partition: number): Stage => {
    const stage = new LearnerStage(partition, this.options, this.suffixes, this.teacher)
    this.stages.set(partition, stage)
    return stage
  }

  get health(): LearnerHealth {
    const { taught, evidence } = this.teacher
    return { taught, drifts: this.drifts, standing: this.options.versions.standing(), evidence }
  }

  /** Called every second or so: hears verdicts, makes versions, tells evidence, and names in the log who has the say. */
  async tick(broker: Broker): Promise<void> {
    this.hearVerdicts()
    if (this.teacher.policy.takeDrift()) {
      this.drifts++
      this.options.say(
        'the labels of late are foretold worse than those before: traffic has changed; the learner adapts.',
      )
    }
    if (this.options.versions.standing().shadow !== this.watched) this.watchShadow()
    this.tellEvidence()
    this.makeVersion()
    await this.announce(broker)
  }

  /** Keeps what was learned, on the disk when this returns. */
  save(): void {
    const { teacher, learner, heard, labelsAtVersion, drifts } = this
    const model = encodeModel({
      model: learner,
      features: FEATURES,
      thresholds: [],
      manifestHash: '',
      seed: 0,
      metrics: {},
    })
    const memory = { model, teacher: teacher.memory(), policy: teacher.policy.memory(), heard, labelsAtVersion, drifts }
    this.options.checkpoints.save(LEARNED, 0, { position: this.labels, memory })
  }

  private resume(kept: Record<string, unknown>): void {
    this.teacher.policy.resume(kept.policy as Record<string, unknown>)
    this.teacher.resume(kept.teacher as Record<string, unknown>, this.shadow())
    this.heard = kept.heard as typeof this.heard
    this.labelsAtVersion = kept.labelsAtVersion as number
    this.drifts = kept.drifts as number
  }

  private get labels(): number {
    return this.teacher.taught.malicious + this.teacher.taught.benign
  }

  /** The version that stands beside who has the say, if it can be read. */
  private shadow(): LearnedVersion | undefined {
    const { versions, say } = this.options
    const { shadow } = versions.standing()
    if (shadow === undefined) return undefined
    try {
      return LearnedVersion.decode(versions.read(shadow), shadow, FEATURE_NAMES)
    } catch (error) {
      if (!(error instanceof VersionError || error instanceof ModelFileError)) throw error
      say(error.message)
      return undefined
    }
  }

  private hearVerdicts(): void {
    for (const { incident, verdict } of this.options.verdicts.read().verdicts.values()) {
      if (this.heard.get(incident) === verdict) continue
      for (const stage of this.stages.values()) {
        if (!stage.hear(incident, verdict)) continue
        this.heard.set(incident, verdict)
        break
      }
    }
  }

  private tellEvidence(): void {
    const { versions, promotes, say, today } = this.options
    const { shadow } = versions.standing()
    const { evidence } = this.teacher
    if (shadow === undefined || evidence.rows < this.toldRows + TOLD_EVERY) return
    this.toldRows = evidence.rows
    versions.judge(shadow, today(), evidence)
    if (!promotes || evidence.rows < EVIDENCE_ROWS || evidence.shadowRight < evidence.currentRight) return
    versions.promote(today(), evidence, false)
    this.watchShadow()
    say(
      `${shadow} has the say: right ${evidence.shadowRight} times of ${evidence.rows}, where it was ${evidence.currentRight}.`,
    )
  }

  private makeVersion(): void {
    const { versions, labelsAVersion, seed, today, say } = this.options
    const { taught, evidence, policy } = this.teacher
    const fresh = this.labels - this.labelsAtVersion
    if (fresh < labelsAVersion || Math.min(taught.malicious, taught.benign) < CLASS_LABELS_MIN) return
    const { current, shadow } = versions.standing()
    const isProven = evidence.rows >= EVIDENCE_ROWS && evidence.shadowRight >= evidence.currentRight
    const isUntried = evidence.rows < EVIDENCE_ROWS
    if (shadow !== undefined && (isProven || isUntried) && fresh < STANDS_FOR * labelsAVersion) return
    const { anchorWeight, line } = policy
    const { lineShare } = POLICY_SETTINGS
    // A line that no score has drawn yet is passed by nothing, so there is nothing to judge.
    if (line.value >= 1) return
    const facts = { features: FEATURES, anchorWeight, line: line.value, lineShare, seed }
    const { malicious, benign } = taught
    const made = versions.shadow(encodeLearned(this.learner, { ...facts, malicious, benign }), today())
    this.labelsAtVersion = this.labels
    this.watchShadow()
    say(
      `${made} stands beside ${current ?? 'the model that ships'}: learned from ${malicious} malicious and ${benign} benign rows.`,
    )
  }

  private watchShadow(): void {
    this.toldRows = 0
    this.watched = this.options.versions.standing().shadow
    this.teacher.watch(this.shadow())
  }

  /** Names who has the say in every partition's log; said again by whoever learns next, which changes nothing. */
  private async announce(broker: Broker): Promise<void> {
    const { versions, topic, parts } = this.options
    const current = versions.standing().current ?? null
    // Where nothing was ever promoted there is nothing to take back.
    if (current === this.announced || (current === null && this.announced === undefined)) {
      this.announced = current
      return
    }
    const nowMs = Math.max(0, ...[...this.stages.values()].map((stage) => stage.nowMs))
    const value = versionMessage(current ?? undefined, (Math.floor(nowMs / MINUTE_MS) + 1) * MINUTE_MS)
    await broker.send(
      topic,
      Array.from({ length: parts }, (_, partition) => ({ partition, key: null, value })),
    )
    this.announced = current
  }
}
