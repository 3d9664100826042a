/** Moves event time on in a partition without rows; with `end` nothing more is to come (DESIGN.md 3). */
export function markerMessage(timeMs: number, end: boolean): string {
  return `{"kind":"marker","timeMs":${timeMs}${end ? ',"end":true' : ''}}`
}
