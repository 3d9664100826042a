import type { ManifestRow } from './manifest.ts'

/**
 * Tools by the first word of a manifest's family. Manifests describe one tool in many ways ("dnscat2", "dnscat2 without
 * domain", "DET-like+..."); leaving it out must leave out all of them.
 */
const TOOLS: Readonly<Record<string, string>> = {
  det: 'DET',
  dns2tcp: 'dns2tcp',
  dnscat2: 'dnscat2',
  hex: 'hex exfil',
  iodine: 'iodine',
}

/** The tool of a family; a family the table does not know is a tool of its own. */
export function toolOf(family: string): string {
  const [word = ''] = /[a-z0-9]+/.exec(family.toLowerCase()) ?? []
  return TOOLS[word] ?? family
}

/** Whether the row's tunnel was made with this tool, which may be named as any of its families. */
export function isOfTool(row: ManifestRow, tool: string): boolean {
  return row.label !== 'benign' && toolOf(row.family) === toolOf(tool)
}
