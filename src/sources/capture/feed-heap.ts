import type { PacketFeed } from './packet-feed.ts'

/** Feeds by their heads: earliest first, then rank of the file, then place in it. A binary heap. */
export class FeedHeap {
  private readonly feeds: PacketFeed[] = []

  /** The feed whose packet is next; undefined when all are read. */
  get first(): PacketFeed | undefined {
    return this.feeds[0]
  }

  push(feed: PacketFeed): void {
    const { feeds } = this
    let at = feeds.length
    feeds.push(feed)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!before(feed, feeds[parent])) break
      feeds[at] = feeds[parent]
      at = parent
    }
    feeds[at] = feed
  }

  /** The first feed's head has changed. */
  settle(): void {
    const { feeds } = this
    const feed = feeds[0]
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= feeds.length) break
      if (child + 1 < feeds.length && before(feeds[child + 1], feeds[child])) child++
      if (!before(feeds[child], feed)) break
      feeds[at] = feeds[child]
      at = child
    }
    feeds[at] = feed
  }

  /** Takes the first feed out. */
  shift(): void {
    const last = this.feeds.pop()
    if (last === undefined || this.feeds.length === 0) return
    this.feeds[0] = last
    this.settle()
  }
}

function before(a: PacketFeed, b: PacketFeed): boolean {
  if (a.timeMs !== b.timeMs) return a.timeMs < b.timeMs
  if (a.rank !== b.rank) return a.rank < b.rank
  return a.position < b.position
}
