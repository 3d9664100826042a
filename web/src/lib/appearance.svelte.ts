/** Grows each time the colours change: pictures are painted anew then, as paint on a canvas does not change with its style sheet. */
export const appearance = $state({ changes: 0 })

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  appearance.changes++
})
