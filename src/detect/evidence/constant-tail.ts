import type { Labels } from './sample-names.ts'

/**
 * Labels at the end that are the same in all names, at least one of each name left: they belong to the domain, as a
 * delegation below it. Payload does not end alike in all names, since they are all different.
 */
export function constantTail(names: readonly Labels[]): number {
  let tail = 0
  while (names.every((labels) => labels.length > tail + 1 && labels.at(-1 - tail) === names[0].at(-1 - tail))) tail++
  return tail
}

/** Names without their constant tail. */
export function withoutTail(names: readonly Labels[]): Labels[] {
  const tail = constantTail(names)
  return names.map((labels) => labels.slice(0, labels.length - tail))
}
