import { virtualFunctionAddresses } from '../../sriov.ts'
import { atDevice, type PreflightRule, refusedBy } from './finding.ts'

/** A function that the recorded host does not have; a VF that could be created is told apart. */
export const notOnHost: PreflightRule = {
  codes: ['vfio/function-not-on-host'],
  find: (preflight) =>
    refusedBy(preflight, 'open/no-device', 'iommufd/no-device').map(({ domain, outcome: { device, result } }) => {
      const parent = preflight.end.devices.find(
        (pf) => pf.sriov && virtualFunctionAddresses(pf, pf.sriov.totalVfs).includes(device.address),
      )
      const optionOff = parent?.driver === 'vfio-pci' && preflight.facts.vfioEnableSriov !== true
      const create = `Create it: write a number into /sys/bus/pci/devices/${parent?.address}/sriov_numvfs`
      const hint =
        parent === undefined
          ? 'Compare the address with lspci -D, or record the host again.'
          : `${create}${optionOff ? ', after enable_sriov of vfio-pci has been switched on' : ''}; then record the host again.`
      const message = `The host has no function ${device.address}.`
      return atDevice(domain, device, { code: 'vfio/function-not-on-host', severity: 'error', message, hint }, result)
    }),
}
