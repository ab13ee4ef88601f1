/** What differs from one kernel to another. */
export interface KernelBehaviour {
  /** Whether `VFIO_DEVICE_BIND_IOMMUFD` asks for the token, or opens without asking. */
  readonly iommufdChecksToken: boolean
  /** Whether a function that waits to be removed still opens for those who hold its group. */
  readonly opensWhileLeaving: boolean
  /** How the core words a probe that failed: before the driver's address, or as its line. */
  readonly probeFailedWithDriver: boolean
  /** Whether `VFIO_DEVICE_FEATURE` knows the features 11 and 12. */
  readonly moreFeatures: boolean
}

/** The first kernel that shows each, `[major, minor]`; on the kernels of `tests/vfio/kernels` unless said otherwise. */
const since = {
  /** 6.12 does not, 7.2 does; between them by the change log, and stable kernels may have taken it. */
  iommufdChecksToken: [6, 17],
  leavingClosed: [6, 12],
  probeFailedWithDriver: [6, 12],
  moreFeatures: [7, 2],
} as const

function reaches(release: string | undefined, [major, minor]: readonly [number, number]): boolean {
  const found = /^(\d+)\.(\d+)/.exec(release ?? '')
  if (found === null) return true
  const is = [Number(found[1]), Number(found[2])] as const
  return is[0] > major || (is[0] === major && is[1] >= minor)
}

/** `release`: as `uname -r` prints it; the newest known where it is not told. */
export function kernelBehaviour(release: string | undefined): KernelBehaviour {
  return {
    iommufdChecksToken: reaches(release, since.iommufdChecksToken),
    opensWhileLeaving: !reaches(release, since.leavingClosed),
    probeFailedWithDriver: reaches(release, since.probeFailedWithDriver),
    moreFeatures: reaches(release, since.moreFeatures),
  }
}
