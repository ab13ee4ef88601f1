import { type Command, Option } from '@commander-js/extra-typings'
import { withCircumstances } from '../options.ts'

/** Adds `topology`. */
export function registerTopology(program: Command): void {
  withCircumstances(
    program
      .command('topology')
      .description("draw the guest: its buses and devices, NUMA cells, disks' images, networks and host functions")
      .argument('<file>', 'domain XML; - is standard input'),
  )
    .addOption(
      new Option('--format <format>', 'a tree for a terminal, a Mermaid flowchart, or a picture')
        .choices(['text', 'mermaid', 'svg'] as const)
        .default('text' as const),
    )
    .action(async (file, flags) => {
      const { printTopology } = await import('../actions/topology.ts')
      process.exitCode = await printTopology(file, flags)
    })
}
