import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { printShell } from '../src/argv/print.ts'
import { chooseBuild, loadBuiltin } from '../src/capabilities/builtin.ts'
import { isArch } from '../src/capabilities/capabilities.ts'
import type { Conversion } from '../src/conversion.ts'
import { convert } from '../src/convert.ts'
import { genericHost } from '../src/host/generic.ts'
import { Release } from '../src/release/release.ts'

/**
 * A golden is `CASE.ARCH-QEMU.args` (or `.xml`) beside its input `CASE.xml`; several may share one input. It is libvirt
 * 10.1's answer, or of the release that it names: `CASE.ARCH-QEMU@11.3.args`.
 */
export interface Golden {
  readonly case: string
  readonly arch: string
  readonly qemu: string
  readonly libvirt: string
  readonly path: string
}

export interface GoldenKind {
  /** The folder below `tests/`. */
  readonly folder: string
  readonly suffix: 'args' | 'xml'
  print(conversion: Conversion): string | undefined
}

export const goldenKinds: readonly GoldenKind[] = [
  { folder: 'xml2argv', suffix: 'args', print: ({ argv }) => argv && printShell(argv) },
  { folder: 'xml2xml', suffix: 'xml', print: ({ xml }) => xml },
]

const folderOf = (kind: GoldenKind) => fileURLToPath(new URL(`${kind.folder}/`, import.meta.url))

/** The release of goldens that name none. */
export const firstRelease = '10.1'

export interface Folder {
  readonly inputs: readonly string[]
  readonly goldens: readonly Golden[]
}

/** The inputs and goldens of a folder. An input has no dot in its case name. */
export function goldenFolder(kind: GoldenKind): Folder {
  const path = folderOf(kind)
  const inputs: string[] = []
  const goldens: Golden[] = []
  for (const file of existsSync(path) ? readdirSync(path).sort() : []) {
    const golden = /^([^.]+)\.([^-.]+)-([\d.]+)(?:@([\d.]+))?\.(args|xml)$/.exec(file)
    if (golden)
      goldens.push({
        case: golden[1]!,
        arch: golden[2]!,
        qemu: golden[3]!,
        libvirt: golden[4] ?? firstRelease,
        path: path + file,
      })
    else if (/^[^.]+\.xml$/.test(file)) inputs.push(file.slice(0, -'.xml'.length))
  }
  return { inputs, goldens }
}

export function inputPath(kind: GoldenKind, name: string): string {
  return `${folderOf(kind)}${name}.xml`
}

/** Converts a case with the built-in table of a build and the generic host: the same on every machine. */
export async function convertCase(kind: GoldenKind, name: string, arch: string, qemu: string, libvirt: string) {
  if (!isArch(arch)) throw new Error(`${arch} is no architecture`)
  const { build } = chooseBuild(arch, qemu)
  if (build === undefined) throw new Error(`no built-in table ${qemu} for ${arch}`)
  const conversion = convert(readFileSync(inputPath(kind, name)), {
    release: Release.parse(libvirt),
    capabilities: await loadBuiltin(build),
    host: genericHost(arch),
  })
  return { label: build.label, conversion, text: kind.print(conversion) }
}
