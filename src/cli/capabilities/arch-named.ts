import { type Arch, archs, isArch } from '../../capabilities/capabilities.ts'
import { didYouMean } from '../../diagnostic/suggest.ts'
import { UsageError } from '../status.ts'

/** The architecture that a word of the command line names. */
export function archNamed(name: string): Arch {
  if (isArch(name)) return name
  const near = didYouMean(name, archs)
  throw new UsageError(`${name} is no architecture${near === undefined ? '' : `; did you mean ${near}?`}`)
}
