import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { redacted } from '../../diagnostic/mask.ts'
import { LineIndex } from '../../diagnostic/position.ts'
import { printable } from '../../diagnostic/printable.ts'
import { parseDomain } from '../../pipeline/parse.ts'
import { type Requirement, type Requirements, requirements } from '../compare/requirements.ts'
import { readInput } from '../input.ts'
import { jsonText } from '../json-text.ts'
import { status } from '../status.ts'

interface RequiresFlags {
  readonly existing: boolean
  readonly json: boolean
}

/** What `requires` does: the oldest libvirt and QEMU to standard output; gives the exit status. */
export async function printRequirements(file: string, { existing, json }: RequiresFlags): Promise<number> {
  const input = await readInput(file)
  const found = await requirements(input.bytes, !existing)
  const lines = new LineIndex(parseDomain(input.bytes).text)
  process.stdout.write(json ? asJson(input.name, found, lines) : asText(input.name, found, lines))
  return found.libvirt.oldest && found.qemu.oldest ? status.fine : status.errors
}

const reason = ({ code, path, span, message }: Diagnostic, lines: LineIndex) => ({
  code,
  path,
  line: span && lines.position(span.start).line,
  message: redacted(message),
})

function asJson(file: string, { libvirt, qemu }: Requirements, lines: LineIndex): string {
  const one = (it: Requirement) => ({ ...it, because: it.because.map((finding) => reason(finding, lines)) })
  return jsonText({ file, libvirt: one(libvirt), qemu: one(qemu) })
}

function asText(file: string, { libvirt, qemu }: Requirements, lines: LineIndex): string {
  const one = (name: string, { oldest, isOldestKnown, newest, because }: Requirement) => {
    const until = newest === undefined ? '' : `, up to ${newest}`
    const known = isOldestKnown ? ' (the oldest that is known)' : ''
    const head = oldest === undefined ? `${name}: none takes it` : `${name} ${oldest} or later${until}${known}`
    const reasons = because.map((finding) => {
      const { line, message, code } = reason(finding, lines)
      return `  ${line === undefined ? '' : `line ${line}: `}${printable(message)} [${code}]\n`
    })
    return `${head}\n${reasons.join('')}`
  }
  return `${printable(file)}\n${one('libvirt', libvirt)}${one('QEMU', qemu)}`
}
