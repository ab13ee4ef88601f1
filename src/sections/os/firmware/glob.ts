/**
 * True where a pattern of a shell fits a whole name: `*` any run of characters, `?` any one, `[…]` one of a set (`[!…]`
 * none of it); a bracket that nothing closes is itself. No pattern takes longer than the product of both lengths.
 */
export function globFits(glob: string, name: string): boolean {
  const parts = partsOf(glob)
  let [part, at] = [0, 0]
  // Where the last star stands, and how far it reaches so far: only that one is ever tried again.
  let [star, reached] = [-1, 0]
  while (at < name.length) {
    const next = parts[part]
    if (next === '*') {
      star = part++
      reached = at
    } else if (next?.(name[at]!)) {
      part++
      at++
    } else if (star >= 0) {
      part = star + 1
      at = ++reached
    } else return false
  }
  return parts.slice(part).every((rest) => rest === '*')
}

type Part = '*' | ((character: string) => boolean)

function partsOf(glob: string): Part[] {
  const parts: Part[] = []
  for (let at = 0; at < glob.length; at++) {
    const character = glob[at]!
    const close = character === '[' ? glob.indexOf(']', at + 2) : -1
    if (character === '*') parts.push('*')
    else if (character === '?') parts.push(() => true)
    else if (close > 0) {
      parts.push(oneOf(glob.slice(at + 1, close)))
      at = close
    } else parts.push((other) => other === character)
  }
  return parts
}

function oneOf(set: string): (character: string) => boolean {
  const negated = /^[!^]/.test(set)
  const ranges = [...(negated ? set.slice(1) : set).matchAll(/(.)-(.)|(.)/gsu)].map(
    ([, from, to, one]): [string, string] => (from !== undefined && to !== undefined ? [from, to] : [one!, one!]),
  )
  return (character) => ranges.some(([from, to]) => from <= character && character <= to) !== negated
}
