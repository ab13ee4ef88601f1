import {
  atDevice,
  type Finding,
  named,
  type Preflight,
  type PreflightRule,
  type Refused,
  refusedBy,
} from './finding.ts'

/** A token where none is wanted. */
export const tokenUnwanted: PreflightRule = {
  codes: ['vfio/token-unwanted'],
  find: (preflight) =>
    refusedBy(preflight, 'plain/token-unwanted', 'vf/token-unwanted').map(({ domain, outcome }) => {
      const { device, physicalFunction, result } = outcome
      const driver = physicalFunction?.driver
      const why =
        physicalFunction === undefined
          ? 'it is neither a PF nor a VF'
          : `its PF ${physicalFunction.address} is ${driver === undefined ? 'not bound to a driver' : `driven by ${driver}`}, not by vfio-pci`
      const message = `${device.address} is given a token, but ${why}.`
      const hint =
        physicalFunction === undefined
          ? 'Remove the <vf-token>.'
          : 'Remove the <vf-token>, or have the PF driven from userspace.'
      return atDevice(domain, device, { code: 'vfio/token-unwanted', severity: 'error', message, hint }, result)
    }),
}

/** A VF without a token that needs one. */
export const tokenMissing: PreflightRule = {
  codes: ['vfio/token-missing'],
  find: (preflight) =>
    refusedBy(preflight, 'vf/token-required').map(({ domain, outcome: { device, physicalFunction, result } }) =>
      atDevice(
        domain,
        device,
        {
          code: 'vfio/token-missing',
          severity: 'error',
          message: device.throughIommufd
            ? `${device.address} is opened through an iommufd, where QEMU passes no token; its PF ${physicalFunction?.address} is driven by vfio-pci, so the kernel asks for one.`
            : `${device.address} is given no token, and its PF ${physicalFunction?.address} is driven by vfio-pci.`,
          hint: device.throughIommufd
            ? 'Open it through its group: do not set the iommufd property of the device.'
            : `Give it the token that the driver of the PF sets: domxml vfio token new --pf ${physicalFunction?.address} writes a fresh one.`,
        },
        result,
      ),
    ),
}

function wrongToken(preflight: Preflight, set: boolean): Refused[] {
  return refusedBy(preflight, 'vf/token-incorrect').filter(
    ({ outcome }) => (outcome.physicalFunction?.vfToken?.uuid !== undefined) === set,
  )
}

/** A token that is not the one that the PF has. */
export const tokenDiffers: PreflightRule = {
  codes: ['vfio/token-differs'],
  find: (preflight) =>
    wrongToken(preflight, true).map(({ domain, outcome: { device, physicalFunction, result } }) => {
      const pf = physicalFunction?.address ?? ''
      const owner = preflight.owners.get(pf)
      const by = owner === undefined ? 'its driver outside of the domains has' : `${named(owner)} has`
      const message = `The token of ${device.address} is not the one that ${by} set for its PF ${pf}.`
      const hint = `Write one token into all of them: domxml vfio token new --pf ${pf}.`
      return atDevice(domain, device, { code: 'vfio/token-differs', severity: 'error', message, hint }, result)
    }),
}

/** A token for a VF of a PF that has none yet but the random one. */
export const pfTokenUnset: PreflightRule = {
  codes: ['vfio/pf-token-unset', 'vfio/pf-opens-later'],
  find: (preflight) => wrongToken(preflight, false).map((refused) => unset(preflight, refused)),
}

function unset(preflight: Preflight, { domain, outcome }: Refused): Finding {
  const { device, physicalFunction, result } = outcome
  const pf = physicalFunction?.address ?? ''
  const owner = preflight.owners.get(pf)
  const nobody = `Nobody has set a token for ${pf}, the PF of ${device.address}`
  const say = (code: 'vfio/pf-token-unset' | 'vfio/pf-opens-later', message: string, hint: string) =>
    atDevice(domain, device, { code, severity: 'error', message, hint }, result)

  if (owner === undefined) {
    return say(
      'vfio/pf-token-unset',
      `${nobody}: no domain takes the PF, and no driver outside is told of.`,
      `Tell what drives it: --pf ${pf}=@FILE (userspace, its token in FILE) or --pf ${pf}=kernel.`,
    )
  }
  const place = preflight.domains.indexOf(owner)
  if (place > preflight.domains.indexOf(domain)) {
    const message = `${nobody} yet: ${named(owner)}, which takes the PF, starts later.`
    return say('vfio/pf-opens-later', message, `Start "${owner.name}" first.`)
  }
  if (owner === domain && outcomeIndex(domain, pf) > outcomeIndex(domain, device.address)) {
    const message = `${nobody} yet: the PF stands behind its VF in this domain, and is opened later.`
    return say('vfio/pf-opens-later', message, 'Put the host device of the PF before that of the VF.')
  }
  const opened = preflight.outcomes[place]
  if (owner !== domain && opened?.starts === false) {
    const message = `${nobody}: ${named(owner)}, which takes the PF, does not start.`
    return say('vfio/pf-token-unset', message, `Mend what is told of "${owner.name}".`)
  }
  const message = `${nobody}: ${named(owner)} opens the PF without one.`
  return say(
    'vfio/pf-token-unset',
    message,
    `Give the PF the token of its VFs there: domxml vfio token new --pf ${pf}.`,
  )
}

function outcomeIndex(domain: { readonly devices: readonly { readonly address: string }[] }, address: string): number {
  return domain.devices.findIndex((device) => device.address === address)
}

/** A PF that is opened while its VFs are in use, not with their token. */
export const pfTokenDiffers: PreflightRule = {
  codes: ['vfio/pf-token-differs'],
  find: (preflight) =>
    refusedBy(preflight, 'pf/token-required', 'pf/token-incorrect').map(({ domain, outcome: { device, result } }) =>
      atDevice(
        domain,
        device,
        {
          code: 'vfio/pf-token-differs',
          severity: 'error',
          message: `VFs of ${device.address} are in use, and the PF is ${device.token === undefined ? 'given no token' : 'given another token than theirs'}.`,
          hint: 'Start the PF before its VFs, and again only with the token that they were opened with.',
        },
        result,
      ),
    ),
}
