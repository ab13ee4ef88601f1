import type { Section } from '../../context/unit.ts'
import { contributeCpu } from './argv.ts'
import { sveByVectorLengths } from './arm-features.ts'
import { checkDefault, machineDefault, migratableDefault, withoutModel } from './defaults.ts'
import { checkCellCpus, fillFirstCell } from './numa-cpus.ts'
import { fillDistances } from './numa-distances.ts'
import { implicitCell, implicitCellAtStart } from './numa-implicit.ts'
import { prepareCpu } from './start.ts'
import { validateCpu } from './validate.ts'

export const cpuSection = {
  basic: [
    machineDefault,
    implicitCell,
    withoutModel,
    checkDefault,
    migratableDefault,
    sveByVectorLengths,
    fillFirstCell,
    fillDistances,
  ],
  validate: (context) => {
    validateCpu(context)
    checkCellCpus(context)
  },
  prepare: (context) => {
    implicitCellAtStart(context)
    prepareCpu(context)
  },
  contribute: contributeCpu,
} satisfies Section
