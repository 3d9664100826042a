/** That rows from `fromMs` on are also judged by a learned version, or by none: as `sources/messages/version.ts` reads it. */
export function versionMessage(learned: string | undefined, fromMs: number): string {
  return JSON.stringify({ kind: 'version', learned: learned ?? null, fromMs })
}
