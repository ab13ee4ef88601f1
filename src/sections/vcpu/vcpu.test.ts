import { describe, expect, it } from 'vitest'
import { guest } from '../../../tests/guest.ts'
import { argumentText } from '../../argv/command-line.ts'
import { capabilitiesOf } from '../../capabilities/capabilities.ts'
import { convert } from '../../convert.ts'
import { genericHost } from '../../host/generic.ts'
import { Release } from '../../release/release.ts'

const machine = {
  name: 'pc-q35-9.0',
  maxCpus: 8,
  hotplugCpus: true,
  isDefault: true,
  numaMemSupported: false,
  deprecated: false,
  acpi: 'yes',
} as const

const capabilities = capabilitiesOf({
  label: 'test',
  version: { major: 9, minor: 0, micro: 0 },
  package: '',
  arch: 'x86_64',
  flags: [],
  accelerators: { tcg: { machines: [machine], cpuModels: [] } },
  gic: [],
  recordedOn: 'host',
})

function run(sections: string) {
  const xml = `<domain type='qemu'><name>a</name><uuid>c7a5fdbd-edaf-9455-926a-d65c16db1809</uuid><memory>1048576</memory>
    ${sections}<os><type machine='pc-q35-9.0'>hvm</type></os><devices><memballoon model='none'/></devices></domain>`
  const result = convert(xml, { release: Release.of('10.1'), capabilities, host: genericHost('x86_64') })
  const args = result.argv?.args.map((argument) => argumentText(argument)) ?? []
  return {
    codes: result.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code),
    xml: result.xml ?? '',
    smp: args[args.indexOf('-smp') + 1],
  }
}

const single = (id: number, enabled: string, hotpluggable: string, order = '') =>
  `<vcpu id='${id}' enabled='${enabled}' hotpluggable='${hotpluggable}'${order && ` order='${order}'`}/>`

describe('vcpu', () => {
  it('plugs hot-pluggable CPUs after the start', () => {
    const list = single(0, 'yes', 'no') + single(1, 'yes', 'yes')
    expect(run(`<vcpu>2</vcpu><vcpus>${list}</vcpus>`).smp).toBe('1,maxcpus=2,sockets=2,cores=1,threads=1')
  })

  it.each([
    [[single(0, 'yes', 'no')], 1],
    [["<vcpu id='2' enabled='yes'/>", "<vcpu id='0' enabled='yes'/>"], 2],
    [
      [
        "<vcpu id='0' enabled='yes' order='0'/>",
        "<vcpu id='1' enabled='yes' hotpluggable='yes'/>",
        "<vcpu id='1' enabled='no'/>",
      ],
      1,
    ],
  ])('completes a list in the order of the CPUs: %s', (list, current) => {
    const { xml, codes, smp } = run(`<vcpu current='3'>3</vcpu><vcpus>${list.join('')}</vcpus>`)
    expect(codes).toEqual([])
    expect(xml).toContain(`<vcpu placement='static' current='${current}'>3</vcpu>`)
    const states = [...xml.matchAll(/<vcpu id='(\d)' enabled='(\w+)' hotpluggable='(\w+)'\/>/g)].map((it) =>
      it.slice(1).join(),
    )
    const last = current === 2 ? '2,yes,no' : '2,no,yes'
    expect(states).toEqual(['0,yes,no', '1,no,yes', last])
    expect(smp).toBe(`${current},maxcpus=3,sockets=3,cores=1,threads=1`)
  })

  it('takes an empty list for none', () => {
    const { xml, codes } = run('<vcpu>3</vcpu><vcpus/>')
    expect(codes).toEqual([])
    expect(xml).not.toContain('<vcpus')
  })

  it('follows the advice for memory unless something is pinned', () => {
    const tune = "<numatune><memory placement='auto'/></numatune>"
    expect(run(`<vcpu>2</vcpu>${tune}`).xml).toContain("<vcpu placement='auto'>2</vcpu>")
    const pinned = "<cputune><emulatorpin cpuset='1'/></cputune>"
    expect(run(`<vcpu>2</vcpu>${pinned}${tune}`).xml).toContain("<vcpu placement='static'>2</vcpu>")
  })

  it('keeps scheduling CPU by CPU', () => {
    const { xml } = run("<vcpu>2</vcpu><cputune><vcpusched vcpus='0-1' scheduler='rr' priority='3'/></cputune>")
    expect(xml).toContain("<vcpusched vcpus='0' scheduler='rr' priority='3'/>")
    expect(xml).toContain("<vcpusched vcpus='1' scheduler='rr' priority='3'/>")
  })

  it.each([
    ['<vcpu>9</vcpu>', 'vcpu/machine-limit'],
    ["<vcpu current='3'>2</vcpu>", 'vcpu/more-than-maximum'],
    ["<vcpu>2</vcpu><cpu><topology sockets='3' cores='1' threads='1'/></cpu>", 'cpu/topology-product'],
    [`<vcpu>2</vcpu><vcpus>${single(1, 'yes', 'yes')}</vcpus>`, 'vcpu/first-cpu'],
    [`<vcpu>2</vcpu><vcpus>${single(0, 'yes', 'no', '1')}${single(1, 'yes', 'yes')}</vcpus>`, 'vcpu/order-of-some'],
    [`<vcpu>2</vcpu><vcpus>${single(0, 'yes', 'no', '2')}${single(1, 'yes', 'yes', '1')}</vcpus>`, 'vcpu/first-order'],
    [`<vcpu>2</vcpu><vcpus>${single(0, 'yes', 'no')}${single(2, 'yes', 'yes')}</vcpus>`, 'vcpu/id-beyond-maximum'],
    ["<vcpu>2</vcpu><cputune><emulatorsched scheduler='rr'/></cputune>", 'cputune/scheduler-without-priority'],
  ])('refuses %s', (sections, code) => {
    expect(run(sections).codes).toEqual([code])
  })
})

it('all CPUs may be there at start, and no more', async () => {
  const codes = async (vcpu: string) => (await guest('', { sections: vcpu })).codes
  expect(await codes("<vcpu current='4'>4</vcpu>")).toEqual([])
  expect(await codes("<vcpu current='5'>4</vcpu>")).toEqual(['vcpu/more-than-maximum'])
})
