import { rule } from '../../argv/piece.ts'
import type { Section } from '../../context/unit.ts'
import { printOvercommit, printSize, printSystemRam, systemRam } from './argv.ts'
import { memoryDefaults } from './defaults.ts'
import { checkMemory } from './validate.ts'

export const memorySection = {
  final: memoryDefaults,
  validate: checkMemory,
  contribute: (context, { machine }) => {
    machine.put(
      'dump-guest-core',
      context.definition.memory?.dumpCore ?? context.host.config.dumpGuestCore,
      rule('memory/dump-core'),
    )
    machine.put('memory-backend', systemRam(context), rule('memory/system-ram'))
  },
  argv: { size: printSize, backend: printSystemRam, overcommit: printOvercommit },
} satisfies Section
