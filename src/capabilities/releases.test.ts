import { describe, expect, it } from 'vitest'
import { Release, type ReleaseName } from '../release/release.ts'
import { capabilitiesOf } from './capabilities.ts'
import type { Flag } from './flags.ts'
import { capabilitiesFor, flagsDerivedBy, withTakenForGranted } from './releases.ts'

const flags: readonly Flag[] = [
  'VGA',
  'blockjob.backing-mask-protocol',
  'iommufd',
  'object.qapified',
  'vfio-pci.vf-token',
  'vxhs',
]

const table = capabilitiesOf({
  label: '9.0.0',
  version: { major: 9, minor: 0, micro: 0 },
  package: '',
  arch: 'x86_64',
  flags,
  accelerators: {},
  gic: [],
  recordedOn: 'elsewhere',
})

describe('a table as a release of libvirt sees it', () => {
  it.each([
    ['10.1', ['VGA', 'object.qapified', 'vfio-pci.vf-token', 'vxhs']],
    ['11.3', ['VGA', 'blockjob.backing-mask-protocol', 'object.qapified', 'vfio-pci.vf-token']],
    ['11.10', ['VGA', 'blockjob.backing-mask-protocol', 'object.qapified', 'vfio-pci.vf-token']],
    ['12.8', ['VGA', 'blockjob.backing-mask-protocol', 'iommufd', 'object.qapified', 'vfio-pci.vf-token']],
  ] as const)('libvirt %s', (release, expected) => {
    expect(capabilitiesFor(table, Release.of(release)).table.flags).toEqual(expected)
  })
})

describe('the view', () => {
  it('is made once', () => {
    const [a, b] = [Release.of('11.3'), Release.of('11.3')]
    expect(capabilitiesFor(table, a)).toBe(capabilitiesFor(table, b))
  })

  it('is the table itself where nothing is hidden', () => {
    const plain = capabilitiesOf({ ...table.table, flags: ['VGA'] })
    expect(capabilitiesFor(plain, Release.of('12.8'))).toBe(plain)
  })
})

describe('the flags that a release writes', () => {
  it('come, and go with the QEMUs that lacked them', () => {
    const written = (release: ReleaseName) => new Set(flagsDerivedBy(Release.of(release)))
    expect(written('10.1').has('object.qapified')).toBe(true)
    expect(written('11.2').has('object.qapified')).toBe(false)
    expect(written('11.3').has('iommufd')).toBe(false)
    expect(written('12.8').has('iommufd')).toBe(true)
    expect(written('12.8').has('vfio-pci.vf-token')).toBe(false)
  })

  it('that went for good are not taken for granted', () => {
    const granted = withTakenForGranted([], { major: 11, minor: 1, micro: 0 })
    expect(granted).toContain('nbd-bitmap')
    expect(granted).toContain('migrate-rdma')
    expect(granted).not.toContain('enable-fips')
    expect(withTakenForGranted([], { major: 7, minor: 1, micro: 0 })).not.toContain('migrate-rdma')
  })
})
