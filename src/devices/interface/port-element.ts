import type { Settling } from '../../codec/description.ts'
import { element, type Infer } from '../../codec/element.ts'
import { child, many, optional, required } from '../../codec/field.ts'
import { big, cNumber, integer, unsetAtZero } from '../../codec/number.ts'
import { emptyAsAbsent, nonEmpty, oneOf, yesNo } from '../../codec/scalar.ts'
import { uuid } from '../../codec/uuid.ts'
import { attributeOf } from '../../xml/tree.ts'

const tag = element('tag', 'A VLAN.', {
  attributes: {
    id: required(integer({ max: 4095 }), { doc: 'Its number.' }),
    nativeMode: optional(oneOf('tagged', 'untagged'), {
      doc: 'Makes it the native VLAN of the card: how its frames travel (Open vSwitch).',
    }),
  },
})

/** Several tags are a trunk, said or not. */
function settleTrunk({ fields, error }: Settling): void {
  const tags = fields.tag as readonly Infer<typeof tag>[]
  const several = tags.length > 1
  const native = tags.some(({ nativeMode }) => nativeMode !== undefined)
  if (tags.length === 0) {
    error({ code: 'interface/vlan-without-tag', message: 'A VLAN without a tag.', hint: "Add <tag id='…'/>." })
  } else if ((several || native) && fields.trunk === false) {
    error({
      code: 'interface/vlan-trunk',
      message: "Several tags, or a native VLAN, are a trunk: trunk='no' contradicts them.",
      hint: 'Remove trunk, or keep one plain tag.',
      attribute: 'trunk',
    })
  }
  fields.trunk = several || fields.trunk === true ? true : undefined
}

export const vlan = element(
  'vlan',
  "VLAN tags of the card's frames.",
  {
    attributes: { trunk: optional(emptyAsAbsent(yesNo), { doc: 'yes: the port carries all of the tags.' }) },
    children: { tag: many(tag) },
  },
  { settle: settleTrunk },
)

/** libvirt 12.8 reads it in decimal, older ones in C notation (asked). */
const vdpNumber = (max: number) => ({
  ...cNumber({ max }),
  stricter: { since: '12.8' as const, parse: integer({ max }).parse },
})

const parameters = element(
  'parameters',
  'How the switch knows the port.',
  {
    attributes: {
      managerid: optional(vdpNumber(255), { doc: '802.1Qbg: the database of VSI types.' }),
      typeid: optional(vdpNumber(0xffffff), { doc: '802.1Qbg: the VSI type.' }),
      typeidversion: optional(vdpNumber(255), { doc: '802.1Qbg: version of the type.' }),
      instanceid: optional(uuid, { keepsEmpty: true, doc: '802.1Qbg: this port; a random UUID where absent.' }),
      interfaceid: optional(uuid, {
        doc: 'Open vSwitch, midonet: this port; a random UUID where absent (Open vSwitch).',
      }),
      profileid: optional(nonEmpty, { doc: 'Open vSwitch, 802.1Qbh: the port profile.' }),
    },
  },
  { omitEmpty: true },
)

const portTypes = ['802.1Qbg', '802.1Qbh', 'openvswitch', 'midonet'] as const
type PortType = (typeof portTypes)[number]
type Parameter = keyof Infer<typeof parameters>

/** What each kind of switch takes, and what it cannot do without (formatdomain, "Direct attachment", "Bridge to LAN"). */
const portParameters: {
  readonly [T in PortType]: { readonly all: readonly Parameter[]; readonly needs: readonly Parameter[] }
} = {
  '802.1Qbg': {
    all: ['managerid', 'typeid', 'typeidversion', 'instanceid'],
    needs: ['managerid', 'typeid', 'typeidversion'],
  },
  '802.1Qbh': { all: ['profileid'], needs: ['profileid'] },
  openvswitch: { all: ['interfaceid', 'profileid'], needs: [] },
  midonet: { all: ['interfaceid'], needs: ['interfaceid'] },
}

function settlePort({ fields, error }: Settling): void {
  const type = fields.type as PortType | undefined
  if (type === undefined) return
  const given = (fields.parameters ?? {}) as Partial<Infer<typeof parameters>>
  const { all } = portParameters[type]
  for (const name of Object.keys(given) as Parameter[]) {
    if (given[name] === undefined || all.includes(name)) continue
    error({
      code: 'interface/virtualport-parameter',
      message: `A port of type ${type} has no ${name}.`,
      hint: `It takes ${all.join(', ')}.`,
    })
  }
}

export const virtualport = element(
  'virtualport',
  'The port of a switch that knows its guests.',
  {
    attributes: {
      type: optional(oneOf(...portTypes), { doc: 'Kind of switch; the one of the network where absent.' }),
    },
    children: { parameters: child(parameters) },
  },
  { settle: settlePort, alwaysOpen: ({ type }) => type === undefined },
)

export type VirtualPort = Infer<typeof virtualport>

/** The parameters that a port of this type lacks. */
export function missingParameters({ type, parameters: given }: VirtualPort): readonly Parameter[] {
  return type === undefined ? [] : portParameters[type].needs.filter((name) => given?.[name] === undefined)
}

/** The identifiers that are made up where the XML has none: both where only the network knows the switch (oracle: 11.3, 12.8). */
export function generatedParameters({ type }: VirtualPort): readonly ('instanceid' | 'interfaceid')[] {
  if (type === undefined) return ['instanceid', 'interfaceid']
  return type === '802.1Qbg' ? ['instanceid'] : type === 'openvswitch' ? ['interfaceid'] : []
}

export { parameters as virtualportParameters }

/** 0 says nothing; what libvirt counts in bytes must fit there (oracle: 11.3, 12.8). */
const kilobytes = unsetAtZero(big({ max: 2n ** 54n }))

const rates = {
  average: optional(kilobytes, { doc: 'Kilobytes a second in the long run.' }),
  peak: optional(kilobytes, { doc: 'Kilobytes a second at most.' }),
}
const burst = optional(unsetAtZero(big({ max: 4_194_303n })), { doc: 'Kilobytes at peak speed.' })

/** Peak and burst are over the average, which is written even where it is 0; a floor alone will do too. */
function needAverage({ node, error }: Settling): void {
  const written = new Set(node.attributes.map(({ name }) => name))
  const shaped = written.has('peak') || written.has('burst') || !written.has('floor')
  if (!shaped || written.has('average')) return
  error({
    code: 'interface/bandwidth-without-average',
    message: `<${node.name}> does not say the average it limits to.`,
    hint: "Add average='…' (kilobytes a second).",
  })
}

/** What limits nothing is not printed. */
const limitless = ({ average, floor }: { readonly [key: string]: unknown }) =>
  average === undefined && floor === undefined

const inbound = element(
  'inbound',
  'Towards the guest.',
  {
    attributes: {
      ...rates,
      floor: optional(kilobytes, { doc: 'Kilobytes a second that are guaranteed (type network).' }),
      burst,
    },
  },
  { settle: needAverage, omitWhere: limitless },
)

/** What the guest sends has no floor, in any network (oracle: 11.3, 12.8). */
function refuseFloor(settling: Settling): void {
  needAverage(settling)
  if (attributeOf(settling.node, 'floor') === undefined) return
  settling.error({
    code: 'interface/floor',
    message: 'A guaranteed bandwidth is one towards the guest.',
    hint: 'Write floor in <inbound>.',
    attribute: 'floor',
  })
}

const outbound = element(
  'outbound',
  'From the guest.',
  { attributes: { ...rates, burst } },
  { settle: refuseFloor, ignored: { attributes: ['floor'] }, omitWhere: limitless },
)

export const bandwidth = element(
  'bandwidth',
  'Limits of the traffic.',
  {
    children: { inbound: child(inbound), outbound: child(outbound) },
  },
  { omitEmpty: true, alwaysOpen: true },
)

export const portOptions = element(
  'port',
  "Options of the bridge's port.",
  {
    attributes: { isolated: optional(yesNo, { doc: 'yes: no traffic between isolated ports of the bridge.' }) },
  },
  { omitEmpty: true },
)
