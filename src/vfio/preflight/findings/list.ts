import { notBound, notDetached, pfHasVfs, willBeBound } from './binding.ts'
import type { PreflightRule } from './finding.ts'
import { groupMemberOutside, groupNotViable } from './group.ts'
import { driverUnknown, sameName, unknownPf } from './inputs.ts'
import { notOnHost } from './not-on-host.ts'
import { restart } from './restart.ts'
import { mixedGroup, sharedFunction, sharedGroup, takenOutside } from './sharing.ts'
import { pfTokenDiffers, pfTokenUnset, tokenDiffers, tokenMissing, tokenUnwanted } from './token.ts'
import { iommufdToken, pfInGuest } from './trust.ts'

/** Everything that the preflight looks for. */
export const preflightRules: readonly PreflightRule[] = [
  sameName,
  unknownPf,
  driverUnknown,
  notOnHost,
  notBound,
  willBeBound,
  pfHasVfs,
  notDetached,
  sharedFunction,
  sharedGroup,
  mixedGroup,
  takenOutside,
  groupNotViable,
  groupMemberOutside,
  tokenUnwanted,
  tokenMissing,
  tokenDiffers,
  pfTokenUnset,
  pfTokenDiffers,
  pfInGuest,
  iommufdToken,
  restart,
]
