/** The smallest text with the same fault that leaving out pieces finds. */
export function shrunk(text: string, same: (text: string) => boolean): string {
  let best = text
  for (let size = Math.max(1, best.length >> 1); size >= 1; size >>= 1) {
    for (let at = 0; at + size <= best.length; ) {
      const shorter = best.slice(0, at) + best.slice(at + size)
      if (same(shorter)) best = shorter
      else at += size
    }
  }
  return best
}
