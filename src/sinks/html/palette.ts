/**
 * The colours of the report, by what they stand for. Texts on their grounds keep 4.5:1 and marks of charts 3:1 in both
 * schemes (WCAG 2.2, 1.4.3 and 1.4.11): the test beside this file computes it.
 */
export const LIGHT = {
  ground: '#f4f5f7',
  card: '#ffffff',
  well: '#f4f6f8',
  ink: '#1a2026',
  soft: '#55616c',
  rule: '#dbe0e5',
  link: '#0a6480',
  queries: '#5f7f96',
  octets: '#0e7490',
  account: '#0b5f78',
  line: '#b4232a',
  typical: '#7d8f9c',
  critical: '#9f1239',
  'critical-ground': '#fde8ec',
  high: '#9a3d06',
  'high-ground': '#fdeee2',
  medium: '#735000',
  'medium-ground': '#fbf3d6',
  low: '#276749',
  'low-ground': '#e6f3ec',
} as const

export type Palette = Readonly<Record<keyof typeof LIGHT, string>>

export const DARK: Palette = {
  ground: '#11161b',
  card: '#1a2128',
  well: '#141a20',
  ink: '#e4e9ed',
  soft: '#a3b0bb',
  rule: '#313b45',
  link: '#67c3df',
  queries: '#8fa9bc',
  octets: '#46b3d1',
  account: '#6fcbe4',
  line: '#ff8a8a',
  typical: '#7f919e',
  critical: '#ffa3b5',
  'critical-ground': '#431722',
  high: '#ffb787',
  'high-ground': '#3d2414',
  medium: '#ecd17a',
  'medium-ground': '#352c10',
  low: '#8fd3ae',
  'low-ground': '#15301f',
}

/** Custom properties of a palette, for a rule of the stylesheet. */
export function properties(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour}`)
    .join(';')
}
