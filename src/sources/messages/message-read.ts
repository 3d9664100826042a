/** Why a message is no exchange: a fixed list, so that reasons can be counted. */
export const REFUSALS = [
  ...(['empty', 'too-large', 'json-invalid', 'json-depth', 'schema-unknown', 'name-invalid', 'time-invalid'] as const),
  ...(['binary-invalid', 'legacy-invalid', 'version-invalid'] as const),
] as const
export type Refusal = (typeof REFUSALS)[number]

/** What one message turned out to be. */
export type MessageRead =
  /** The batch has one row more. */
  | { readonly kind: 'row' }
  /** No row comes now; event time is `timeMs` all the same. With `end` nothing more is to come. */
  | { readonly kind: 'marker'; readonly timeMs: number; readonly end: boolean }
  /** Rows from `fromMs` on are also judged by this learned version, or by none. */
  | { readonly kind: 'version'; readonly version: string | undefined; readonly fromMs: number }
  /** A row of the original system's table of features, as text. */
  | { readonly kind: 'legacy'; readonly text: string }
  /** Says nothing by itself: the header of such a table, or an event of another kind. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refused'; readonly reason: Refusal }

export const ROW: MessageRead = { kind: 'row' }
export const NOTHING: MessageRead = { kind: 'nothing' }

/** A refusal for each reason, made once. */
export const REFUSED = Object.fromEntries(REFUSALS.map((reason) => [reason, { kind: 'refused', reason }])) as Readonly<
  Record<Refusal, MessageRead>
>
