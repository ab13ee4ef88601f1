import { statSync } from 'node:fs'
import { parseUuid } from '../../codec/uuid.ts'
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { pciName } from '../../fragments/pci-address.ts'
import { parseAddress } from '../../vfio/address.ts'
import type { OutsideDriver } from '../../vfio/preflight/domain.ts'
import { readText } from '../read-up-to.ts'
import { UsageError } from '../status.ts'

/** A PCI address as people write it, the domain optional, to `dddd:bb:ss.f`. */
export function readPciAddress(text: string): string {
  const address = parseAddress(text) ?? parseAddress(`0000:${text}`)
  if (address === undefined) throw new UsageError(`"${text}" is not a PCI address: write it as 0000:03:00.0`)
  return pciName(address)
}

/** What `--pf` told, and what is worth a warning. */
export interface PfOptions {
  readonly outside: ReadonlyMap<string, OutsideDriver>
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads `ADDRESS=kernel` and `ADDRESS=@FILE`. What stands behind the `=` is never repeated: it may be a token. */
export function readPfOptions(options: readonly string[]): PfOptions {
  const outside = new Map<string, OutsideDriver>()
  const diagnostics: Diagnostic[] = []
  for (const option of options) {
    const at = option.indexOf('=')
    const address = readPciAddress(at < 0 ? option : option.slice(0, at))
    const driver = at < 0 ? '' : option.slice(at + 1)
    if (outside.has(address)) throw new UsageError(`--pf tells of ${address} twice`)
    if (driver === 'kernel') outside.set(address, { kind: 'kernel' })
    else if (driver.startsWith('@')) {
      outside.set(address, { kind: 'userspace', token: readToken(driver.slice(1)) })
      if (readableByOthers(driver.slice(1))) diagnostics.push(readable(driver.slice(1)))
    } else {
      throw new UsageError(
        `--pf ${address}= must be followed by kernel, or by @FILE with the token in FILE: a token on the command line is seen by everybody`,
      )
    }
  }
  return { outside, diagnostics }
}

function readToken(file: string): string {
  let text: string
  try {
    text = readText(file)
  } catch {
    throw new UsageError(`${file}: the file of a token cannot be read`)
  }
  const token = parseUuid(text)
  if (typeof token !== 'string') throw new UsageError(`${file}: the file does not hold a token, which is one UUID`)
  return token
}

function readableByOthers(file: string): boolean {
  return (statSync(file).mode & 0o077) !== 0
}

function readable(file: string): Diagnostic {
  return {
    code: 'vfio/token-file-readable',
    severity: 'warning',
    message: `Others than its owner can read ${file}, which holds a token.`,
    hint: `Run chmod 600 ${file}`,
  }
}
