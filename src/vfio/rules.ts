import { physicalFunctionRules } from './access/physical-function.ts'
import { plainRules } from './access/plain.ts'
import { virtualFunctionRules } from './access/virtual-function.ts'
import { bindRules, unbindRules } from './bind.ts'
import { deviceNameRules } from './device-name.ts'
import { featureRules } from './feature.ts'
import { iommufdRules } from './iommufd.ts'
import { channelRules, closeRules, openRules } from './open.ts'
import { removalRules } from './removal.ts'
import { sriovRules } from './sriov.ts'

/** Every rule of the model by its name. */
export const kernelRules = {
  ...deviceNameRules,
  ...openRules,
  ...plainRules,
  ...virtualFunctionRules,
  ...physicalFunctionRules,
  ...iommufdRules,
  ...closeRules,
  ...channelRules,
  ...featureRules,
  ...sriovRules,
  ...bindRules,
  ...unbindRules,
  ...removalRules,
} as const

export type KernelRuleName = keyof typeof kernelRules
