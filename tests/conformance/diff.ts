import { styleText } from 'node:util'

type Edit = { readonly kind: 'same' | 'expected' | 'got'; readonly line: string }

const context = 2

/** The lines that differ with two lines around them: `-` is expected, `+` is what came out. */
export function lineDiff(expected: string, got: string, color: boolean): string {
  const edits = editsOf(expected.split('\n'), got.split('\n'))
  const shown = edits.map((_, index) =>
    edits.slice(Math.max(0, index - context), index + context + 1).some(({ kind }) => kind !== 'same'),
  )
  const lines: string[] = []
  edits.forEach((edit, index) => {
    if (shown[index]) lines.push(printed(edit, counterpart(edits, index), color))
    else if (shown[index - 1] || (index === 0 && shown.includes(true))) lines.push(paint('dim', '  ⋮', color))
  })
  return lines.join('\n')
}

/** Edits by the longest common subsequence of lines, computed between the common head and tail. */
function editsOf(expected: readonly string[], got: readonly string[]): Edit[] {
  let head = 0
  while (head < expected.length && head < got.length && expected[head] === got[head]) head += 1
  let tail = 0
  const room = Math.min(expected.length, got.length) - head
  while (tail < room && expected.at(-1 - tail) === got.at(-1 - tail)) tail += 1
  const a = expected.slice(head, expected.length - tail)
  const b = got.slice(head, got.length - tail)
  const same = (line: string): Edit => ({ kind: 'same', line })
  return [...expected.slice(0, head).map(same), ...middle(a, b), ...expected.slice(expected.length - tail).map(same)]
}

function middle(a: readonly string[], b: readonly string[]): Edit[] {
  const width = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const [below, right] = [lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0]
      lengths[i * width + j] = a[i] === b[j] ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1 : Math.max(below, right)
    }
  }
  const edits: Edit[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]]
    if (left !== undefined && left === right) {
      edits.push({ kind: 'same', line: left })
      i += 1
      j += 1
    } else if (left !== undefined && (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) {
      edits.push({ kind: 'expected', line: left })
      i += 1
    } else if (right !== undefined) {
      edits.push({ kind: 'got', line: right })
      j += 1
    } else {
      edits.push({ kind: 'expected', line: left ?? '' })
      i += 1
    }
  }
  return edits
}

/** The line that stands against this one: the n-th of a run of expected lines against the n-th that came out. */
function counterpart(edits: readonly Edit[], index: number): string | undefined {
  const { kind } = edits[index] ?? { kind: 'same' }
  if (kind === 'same') return undefined
  let start = index
  while (start > 0 && edits[start - 1]?.kind !== 'same') start -= 1
  let end = index
  while (end < edits.length && edits[end]?.kind !== 'same') end += 1
  const run = edits.slice(start, end)
  const position = run.slice(0, index - start).filter((edit) => edit.kind === kind).length
  return run.filter((edit) => edit.kind !== kind)[position]?.line
}

function printed({ kind, line }: Edit, other: string | undefined, color: boolean): string {
  if (kind === 'same') return paint('dim', `  ${line}`, color)
  const [sign, style] = kind === 'expected' ? (['-', 'red'] as const) : (['+', 'green'] as const)
  if (!color || other === undefined) return paint(style, `${sign} ${line}`, color)
  let head = 0
  while (head < line.length && line[head] === other[head]) head += 1
  let tail = 0
  const room = Math.min(line.length, other.length) - head
  while (tail < room && line.at(-1 - tail) === other.at(-1 - tail)) tail += 1
  const changed = line.slice(head, line.length - tail)
  const parts = [
    styleText(style, `${sign} ${line.slice(0, head)}`, { validateStream: false }),
    changed === '' ? '' : styleText([style, 'inverse'], changed, { validateStream: false }),
    styleText(style, line.slice(line.length - tail), { validateStream: false }),
  ]
  return parts.join('')
}

function paint(style: 'dim' | 'red' | 'green', text: string, color: boolean): string {
  return color ? styleText(style, text, { validateStream: false }) : text
}
