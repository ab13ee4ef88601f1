import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { type BuiltinBuild, type BuiltinFamily, unfold } from '../../src/capabilities/builtin/format.ts'
import type { CapabilityTable } from '../../src/capabilities/capabilities.ts'
import { familyOf, familyText } from './family.ts'
import { buildOf, type Recorded } from './recorded.ts'

/** Our own probes: a file an architecture, with all builds of it. `npm run record:qemu` writes them. */
const folder = new URL('../probed/', import.meta.url)

interface ProbedFile {
  readonly builds: readonly BuiltinBuild[]
  readonly family: BuiltinFamily
}

export function probed(): Recorded[] {
  return readdirSync(folder).flatMap((name) => probedIn(name))
}

export function probedOf(arch: string): Recorded[] {
  return existsSync(urlOf(arch)) ? probedIn(`${arch}.json`) : []
}

export function urlOf(arch: string): URL {
  return new URL(`${arch}.json`, folder)
}

function probedIn(name: string): Recorded[] {
  const { builds, family } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as ProbedFile
  return builds.map((build, position) => ({ build, table: unfold(family, position, build) }))
}

/** The text of a file of {@link probed}, from the oldest to the newest. */
export function probedText(tables: readonly CapabilityTable[]): string {
  const builds = tables.map((table) => `    ${JSON.stringify(buildOf(table))}`)
  return `{\n"builds": [\n${builds.join(',\n')}\n  ],\n"family": ${familyText(familyOf(tables))}\n}\n`
}
