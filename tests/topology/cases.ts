import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chooseBuild, loadBuiltin } from '../../src/capabilities/builtin.ts'
import { archOf } from '../../src/cli/circumstances.ts'
import { complete } from '../../src/convert.ts'
import { LineIndex } from '../../src/diagnostic/position.ts'
import { genericHost } from '../../src/host/generic.ts'
import type { Host } from '../../src/host/host.ts'
import { readHost } from '../../src/host/read.ts'
import { parseDomain } from '../../src/pipeline/parse.ts'
import { Release } from '../../src/release/release.ts'
import { drawTopology } from '../../src/topology/draw.ts'
import { printTopologyMermaid } from '../../src/topology/mermaid.ts'
import { printTopologySvg } from '../../src/topology/svg/print.ts'
import { printTopologyText } from '../../src/topology/text.ts'
import { shared } from '../shared.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))

export interface Case {
  readonly name: string
  readonly input: string
  /** A host file. */
  readonly host?: string
}

const examples: readonly Case[] = [
  { name: 'server', input: `${root}examples/server.xml` },
  { name: 'desktop', input: `${root}examples/desktop.xml` },
  { name: 'vf-token', input: `${root}examples/vf-token.xml` },
  { name: 'vfio-web', input: `${root}examples/vfio/web.xml`, host: `${root}examples/vfio/host.json` },
]

const real = ['02-unraid-gpu', '14-dpdk', '20-s390x', '24-truenas', '26-kata']

/** The cases whose pictures are goldens, those at hand. */
export const cases: readonly Case[] = [
  ...examples,
  ...(shared === undefined ? [] : real.map((name) => ({ name, input: `${shared}/cases/real/${name}.xml` }))),
].filter(({ input }) => existsSync(input))

/** What the goldens are of: a newer libvirt or QEMU must not change them. */
const release = Release.of('12.8')
const qemu = '8.1.0'

/** A completed domain as its picture. */
export async function draw(source: string | Uint8Array, hostFile?: string) {
  const parsed = parseDomain(source, { release })
  const arch = archOf(parsed)
  const { build } = chooseBuild(arch, qemu)
  const capabilities = await loadBuiltin(build!)
  const { context, diagnostics } = complete(parsed, { capabilities, host: hostOf(arch, hostFile) })
  if (context === undefined) throw new Error(diagnostics.map((it) => it.message).join('\n'))
  return { topology: drawTopology(context), lines: new LineIndex(parsed.text), diagnostics }
}

function hostOf(arch: string, file: string | undefined): Host {
  if (file === undefined) return genericHost(arch)
  const { host } = readHost(readFileSync(file, 'utf8'), arch)
  if (host === undefined) throw new Error(`${file} is no host file`)
  return host
}

export const goldenPath = (name: string, format: string) => `${root}tests/topology/goldens/${name}.${format}`

/** What the three printers give, by the ending of the golden. */
export async function pictures({ name, input, host }: Case): Promise<{ readonly [ending: string]: string }> {
  const { topology, lines } = await draw(readFileSync(input), host)
  const file = `${name}.xml`
  return {
    txt: printTopologyText(topology, lines, { width: 100 }),
    mmd: printTopologyMermaid(topology, lines, file),
    svg: printTopologySvg(topology, lines, { file }),
  }
}
