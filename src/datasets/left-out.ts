import type { ManifestRow } from './manifest.ts'
import { isOfTool } from './tools.ts'

/** What a model is trained without: a tool with all its families, or networks with all their rows. */
export interface LeftOut {
  readonly tool?: string
  readonly networks?: readonly string[]
}

/** Whether the row may not train. */
export function isLeftOut(row: ManifestRow, { tool, networks = [] }: LeftOut): boolean {
  return (tool !== undefined && isOfTool(row, tool)) || networks.includes(row.network)
}
