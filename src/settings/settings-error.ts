/** A configuration that cannot be used; the message is one sentence on what to change, and where. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}
