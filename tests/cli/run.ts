import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
let bundled: string | undefined

/** The bundle that users run; built at first use, since it starts many times faster than the sources. */
export function bundle(): string {
  if (bundled === undefined) {
    // Below node_modules, where the packages that are not bundled are found.
    const cache = join(root, 'node_modules/.cache')
    mkdirSync(cache, { recursive: true })
    const folder = mkdtempSync(join(cache, 'domxml-bundle-'))
    process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
    const config = join(root, 'tests/cli/bundle.config.ts')
    const { status, stderr } = spawnSync('npx', ['tsdown', '--config', config], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, DOMXML_BUNDLE: folder },
    })
    if (status !== 0) throw new Error(`the command line does not build: ${stderr}`)
    bundled = join(folder, 'domxml.cjs')
  }
  return bundled
}

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line as a process of its own. */
export function domxml(args: readonly string[], input = ''): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle(), ...args], {
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
