import { defineRules, type Rule } from './rule.ts'
import { readKernelUuid, uuidLength } from './token.ts'

export const deviceNameRules = defineRules({
  'name/no-match': {
    outcome: 'no-match',
    errno: 'ENODEV',
    why: 'the string does not begin with the name of this device, or something else than a space follows the name',
    todo: 'give the device name as dddd:bb:ss.f in lower case, then a space, then the options',
  },
  'name/too-long': {
    outcome: 'refused',
    errno: 'EINVAL',
    why: 'the string does not fit into a page of 4096 bytes with the zero behind it',
    todo: 'leave the spaces out',
  },
  'name/unknown-option': {
    outcome: 'refused',
    errno: 'EINVAL',
    why: 'an option follows the device name that vfio-pci does not know',
    todo: 'the only option is vf_token=UUID',
  },
  'name/second-token': {
    outcome: 'refused',
    errno: 'EINVAL',
    why: 'vf_token is given twice',
    todo: 'give it once',
  },
  'name/token-too-short': {
    outcome: 'refused',
    errno: 'EINVAL',
    why: 'fewer than 36 characters follow vf_token=',
    todo: 'give the UUID whole, with its hyphens',
  },
  'name/token-malformed': {
    outcome: 'refused',
    errno: 'EINVAL',
    why: 'what follows vf_token= is not a UUID with hyphens',
    todo: 'write it as 8-4-4-4-12 hex digits',
  },
})

/** Bytes of the longest string that the kernel reads. */
export const longestDeviceName = 4095

const option = 'vf_token='

/** A device name that was read: the token it carries (lower case) or none, or the rule that stops it. */
export type DeviceName = { readonly token: string | undefined } | { readonly rule: Rule }

/**
 * Reads what userspace hands to `VFIO_GROUP_GET_DEVICE_FD` as vfio-pci of the device `address` does: the device name,
 * then options in a list separated by spaces. After a UUID the kernel asks for no space; what stands there is the
 * next option.
 */
export function parseDeviceName(text: string, address: string): DeviceName {
  if (!text.startsWith(address)) return { rule: deviceNameRules['name/no-match'] }
  let rest = text.slice(address.length)
  if (rest !== '' && rest[0] !== ' ') return { rule: deviceNameRules['name/no-match'] }
  let token: string | undefined
  for (;;) {
    rest = rest.replace(/^ +/, '')
    if (rest === '') return { token }
    if (!rest.startsWith(option)) return { rule: deviceNameRules['name/unknown-option'] }
    if (token !== undefined) return { rule: deviceNameRules['name/second-token'] }
    rest = rest.slice(option.length)
    if (rest.length < uuidLength) return { rule: deviceNameRules['name/token-too-short'] }
    token = readKernelUuid(rest.slice(0, uuidLength))
    if (token === undefined) return { rule: deviceNameRules['name/token-malformed'] }
    rest = rest.slice(uuidLength)
  }
}

/** The device name as QEMU writes it: `0000:03:00.0`, and with a token `0000:03:00.0 vf_token=UUID`. */
export function formatDeviceName(address: string, token?: string): string {
  return token === undefined ? address : `${address} ${option}${token}`
}
