import { chooseBuild, loadBuiltin } from '../../../src/capabilities/builtin.ts'
import { documentOf, type RuleExample } from '../../../src/diagnostic/rule-page.ts'
import { genericHost } from '../../../src/host/generic.ts'
import { inspect } from '../../../src/lint/inspect.ts'
import { chooseRelease } from '../../../src/release/choose.ts'

export type Form = Pick<RuleExample, 'in' | 'options'>
export type Found = Awaited<ReturnType<typeof judge>>

/** What the linter says of an example, as the test of the pages asks it. */
export async function judge({ in: where, options = {} }: Form, text: string) {
  const release = options.libvirt === undefined ? undefined : chooseRelease(options.libvirt).release
  const { findings } = await inspect(documentOf({ in: where }, text), {
    name: 'example.xml',
    target: async (arch) => {
      const { build } = chooseBuild(arch, options.qemu)
      if (build === undefined) return `no table for ${arch}`
      return { capabilities: await loadBuiltin(build), release, host: genericHost(arch), notes: [], purpose: 'check' }
    },
  })
  return findings
}
