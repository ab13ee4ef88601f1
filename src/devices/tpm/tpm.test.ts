import { describe, expect, test } from 'vitest'
import { guest } from '../../../tests/guest.ts'

const tpm = (backend: string, model = '') => `<tpm${model && ` model='${model}'`}>${backend}</tpm>`
const emulator = (rest = '') => `<backend type='emulator'${rest}/>`

describe('a TPM', () => {
  test.each([
    ['x86_64', 'q35', 'tpm-tis', '1.2'],
    ['aarch64', 'virt', 'tpm-tis', '2.0'],
    ['ppc64', 'pseries', 'tpm-spapr', '2.0'],
  ] as const)('of %s %s is a %s of version %s', async (arch, machine, model, version) => {
    const { xml } = await guest(tpm(emulator()), { arch, machine })
    expect(xml).toMatch(new RegExp(`<tpm model='${model}'>\\s*<backend type='emulator' version='${version}'/>`))
  })

  test.each([
    ['i686', 'pc', 'tpm-tis', '1.2'],
    ['x86_64', 'pc', 'tpm-crb', '2.0'],
    ['aarch64', 'virt', 'tpm-tis', '2.0'],
  ] as const)('of %s %s that names %s has version %s', async (arch, machine, model, version) => {
    const { xml } = await guest(tpm(emulator(), model), { arch, machine })
    expect(xml).toContain(`<backend type='emulator' version='${version}'/>`)
  })

  test('of pseries is its own kind where no model is named (libvirt 11.3 and 12.8 asked)', async () => {
    const { xml } = await guest(tpm("<backend type='passthrough'/>"), { arch: 'ppc64', machine: 'pseries' })
    expect(xml).toContain("<tpm model='tpm-spapr'>")
  })

  test('a proxy is the host’s, without a descriptor', async () => {
    const xml = tpm("<backend type='passthrough'><device path='/dev/tpmrm0'/></backend>", 'spapr-tpm-proxy')
    const { options, devices } = await guest(xml, { arch: 'ppc64', machine: 'pseries' })
    expect(devices(/tpm/)).toEqual(['-device {"driver":"spapr-tpm-proxy","id":"tpm0","host-path":"/dev/tpmrm0"}'])
    expect(options('-tpmdev', '-add-fd')).toEqual([])
  })

  test('emulated: its socket is below the state directory', async () => {
    const { options, devices } = await guest(tpm(emulator(" version='2.0'"), 'tpm-crb'))
    expect(options('-chardev').at(-1)).toBe(
      '-chardev socket,id=chrtpm,path=/run/libvirt/qemu/swtpm/-1-guest-swtpm.sock',
    )
    expect(options('-tpmdev')).toEqual(['-tpmdev emulator,id=tpm-tpm0,chardev=chrtpm'])
    expect(devices(/tpm/)).toEqual(['-device {"driver":"tpm-crb","tpmdev":"tpm-tpm0","id":"tpm0"}'])
  })

  test('of an Arm board is a device of the board', async () => {
    const { devices } = await guest(tpm(emulator()), { arch: 'aarch64', machine: 'virt' })
    expect(devices(/tpm/)).toEqual(['-device {"driver":"tpm-tis-device","tpmdev":"tpm-tpm0","id":"tpm0"}'])
  })

  test('passed through by path where the host hands out no descriptor', async () => {
    const xml = tpm("<backend type='passthrough'/>")
    const { options } = await guest(xml, { host: { tpm: { cancelPath: '/sys/cancel', swtpmVersions: [] } } })
    expect(options('-tpmdev')).toEqual(['-tpmdev passthrough,id=tpm-tpm0,path=/dev/tpm0,cancel-path=/sys/cancel'])
  })

  test('no state and no banks print nothing', async () => {
    const backend = "<backend type='emulator' version='2.0' persistent_state='no'><active_pcr_banks/></backend>"
    expect((await guest(tpm(backend))).xml).toContain("<backend type='emulator' version='2.0'/>")
  })

  test.each([
    ['<tpm/>', 'tpm/missing-backend'],
    [tpm(emulator(" version='1.2'"), 'tpm-crb'), 'tpm/version-model'],
    [
      tpm("<backend type='emulator' version='1.2'><active_pcr_banks><sha1/></active_pcr_banks></backend>"),
      'tpm/pcr-banks',
    ],
    [tpm("<backend type='external'/>"), 'tpm/external-without-source'],
    [tpm("<backend type='external'><source type='unix' mode='bind' path='/s'/></backend>"), 'tpm/external-mode'],
    [tpm(emulator()) + tpm(emulator()), 'tpm/several'],
  ])('%s is refused', async (xml, code) => {
    expect((await guest(xml)).codes).toEqual([code])
  })
})
