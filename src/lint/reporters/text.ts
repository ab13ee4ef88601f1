import type { Finding, Level } from '../finding.ts'
import { type MakeReporter, where } from './reporter.ts'

const colours: { readonly [level in Level]: number } = { error: 31, warning: 33, note: 34 }
const BOLD = 1
const DIM = 2
const CYAN = 36

/** For people: place, level, message, code; the lines around; the hint. */
export const text: MakeReporter = ({ colour }) => {
  const paint = (code: number, words: string) => (colour ? `\u001B[${code}m${words}\u001B[0m` : words)
  const told = (name: string, finding: Finding) => {
    const { level, message, code, frame, related, hint, fix } = finding
    const head = `${paint(BOLD, where(name, finding))}: ${paint(colours[level], level)}: ${message} ${paint(DIM, `[${code}]`)}`
    const lines = [head]
    if (frame !== undefined) lines.push(frame)
    for (const other of related) {
      if (other.place !== undefined) lines.push(`  ${where(other.file ?? name, other)}: ${other.message}`)
    }
    if (hint !== undefined) lines.push(`  ${paint(CYAN, 'hint')}: ${hint}${fix?.safe ? ' (--fix does it)' : ''}`)
    return `${lines.join('\n')}\n\n`
  }
  return { file: ({ name, findings }) => findings.map((finding) => told(name, finding)).join('') }
}
