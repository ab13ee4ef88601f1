import type { Section } from '../../context/unit.ts'
import { contributeCpu } from './argv.ts'
import { checkDefault, machineDefault, migratableDefault } from './defaults.ts'
import { validateCpu } from './validate.ts'

export const cpuSection = {
  basic: [machineDefault, checkDefault, migratableDefault],
  validate: validateCpu,
  contribute: contributeCpu,
} satisfies Section
