import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line as a process of its own. */
export function domxml(args: readonly string[], input = ''): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', main, ...args], {
    input,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  return { status, stdout, stderr }
}

/** A file with this content in a folder of its own. */
export function fileWith(content: string | Uint8Array, name = 'guest.xml'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'domxml-')), name)
  writeFileSync(path, content)
  return path
}

/** A small guest; `devices` and `rest` go into their places. */
export function guest({
  devices = '',
  rest = '',
  type = 'qemu',
}: {
  devices?: string
  rest?: string
  type?: string
} = {}): string {
  return `<domain type='${type}'>
  <name>small</name>
  <uuid>7b1a3c52-6f0e-4f4c-9d0c-3a0b7c5f6e21</uuid>
  <memory unit='MiB'>512</memory>
  <os>
    <type arch='x86_64' machine='q35'>hvm</type>
  </os>
  ${rest}
  <devices>
    ${devices}
  </devices>
</domain>
`
}
