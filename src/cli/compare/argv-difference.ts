import { type Difference, type DifferenceGroup, differences } from '../../argv/difference.ts'
import { printable } from '../../diagnostic/printable.ts'
import { type ConvertFlags, convertFiles, tell } from '../convert-files.ts'
import { jsonText } from '../json-text.ts'
import { status, UsageError } from '../status.ts'
import { otherSide } from './other-side.ts'

const headings: { readonly [G in DifferenceGroup]: string } = {
  guest: 'The guest sees',
  host: 'How the host serves it',
  spelling: 'Spelling only',
}

interface FileDifference {
  readonly file: string
  readonly differences: readonly Difference[]
}

/** Prints what changes on each command line from the other side to the one that the options name; secrets are hidden. */
export async function argvDifference(
  files: readonly string[],
  flags: ConvertFlags,
  other: string,
  json: boolean,
): Promise<number> {
  if (files.includes('-')) throw new UsageError('--diff reads a file twice: standard input cannot be compared')
  const found: FileDifference[] = []
  const before = convertFiles(files, otherSide(other, flags))
  let exit: number = status.fine
  for await (const after of convertFiles(files, flags)) {
    const { value: old } = await before.next()
    for (const side of [old, after]) if (side !== undefined) exit = Math.max(exit, tell(side))
    if (old?.argv === undefined || after.argv === undefined) continue
    found.push({ file: after.name, differences: differences(old.argv, after.argv) })
  }
  const printed = json ? jsonText(found.length === 1 ? found[0] : found) : found.map(asText).join('\n')
  process.stdout.write(printed)
  return exit
}

function asText({ file, differences: list }: FileDifference): string {
  if (list.length === 0) return `${printable(file)}: the command lines are equal.\n`
  const groups = Object.entries(headings).map(([group, heading]) => {
    const lines = list
      .filter((one) => one.group === group)
      .flatMap(({ before, after }) => [
        ...(before === undefined ? [] : [`- ${before}`]),
        ...(after === undefined ? [] : [`+ ${after}`]),
      ])
    return lines.length === 0 ? '' : `${heading}:\n${lines.map((line) => `  ${printable(line)}\n`).join('')}`
  })
  return `${printable(file)}\n${groups.join('')}`
}
