const atom = /\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[\s\S]/y
const repeat = /(?:[*+]|\{\d+,\})\??/y

interface Group {
  /** What repeats without end inside. */
  repeats: boolean
  /** Each alternative begins with a character that stands once: it keeps the rounds of a repetition apart. */
  isKeptApart: boolean
  isBeginning: boolean
}

const opened = (): Group => ({ repeats: false, isKeptApart: true, isBeginning: true })

/**
 * True where a group that repeats without end holds what repeats without end, and nothing keeps its rounds apart: `(a+)*`.
 * @param literal a regular expression between its slashes
 */
export function backtracks(literal: string): boolean {
  const open: Group[] = [opened()]
  for (let at = 1; at < literal.lastIndexOf('/'); ) {
    const found = taken(atom, literal, at)
    at += found.length
    const group = open.at(-1)!
    if (found === '(') {
      const kind = taken(/\?(?:[:=!]|<[=!]|<\w+>)/y, literal, at)
      at += kind.length
      open.push(opened())
      continue
    }
    if (found === '|') {
      group.isBeginning = true
      continue
    }
    const closed = found === ')' ? open.pop()! : undefined
    const holder = open.at(-1)!
    const repeats = taken(repeat, literal, at)
    at += repeats.length
    if (repeats !== '' && closed?.repeats && !closed.isKeptApart) return true
    if (repeats !== '' || closed?.repeats) holder.repeats = true
    if (holder.isBeginning) {
      const isPlain = closed === undefined && /^(?:[^\\[.^$]|\\[^\w])$/.test(found)
      const isOptional = /^[?{*]/.test(literal.slice(at)) || repeats !== ''
      if (!isPlain || isOptional) holder.isKeptApart = false
      holder.isBeginning = false
    }
  }
  return false
}

function taken(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? ''
}
