import { element, type Infer } from '../../codec/element.ts'
import { child, many, optional, required, textChild, withDefault } from '../../codec/field.ts'
import { integer } from '../../codec/number.ts'
import { emptyAsAbsent, nonEmpty, oneOf, onOff, pattern, text } from '../../codec/scalar.ts'
import { numa } from './numa-element.ts'
import { settleCpu } from './settle.ts'

const vendorId = pattern(/^[^,]{12}$/u, 'a text of 12 characters without a comma')

export const model = element('model', 'The processor model.', {
  attributes: {
    fallback: optional(emptyAsAbsent(oneOf('allow', 'forbid')), {
      doc: 'allow: a model that the hypervisor lacks is replaced by the nearest that it has; forbid: refused.',
    }),
    vendor_id: optional(vendorId, { doc: 'The vendor string that the guest reads.', invalid: 'cpu/vendor-id' }),
  },
  value: nonEmpty,
})

export const feature = element('feature', 'A processor feature, set against the model.', {
  attributes: {
    policy: optional(oneOf('force', 'require', 'optional', 'disable', 'forbid'), {
      doc: 'force, require: on; optional: on where the host has it; disable, forbid: off. require where absent.',
      invalid: 'cpu/feature-policy',
    }),
    name: required(nonEmpty, { doc: "libvirt's name of the feature.", missing: 'cpu/feature-without-name' }),
  },
})

const count = integer({ min: 1 })

const topology = element('topology', 'How the virtual CPUs are grouped; the product is their number.', {
  attributes: {
    sockets: required(count, { doc: 'Sockets.', missing: 'cpu/incomplete-topology', invalid: 'cpu/topology-number' }),
    dies: withDefault(count, 1, { doc: 'Dies a socket; 1 where absent.', invalid: 'cpu/topology-number' }),
    clusters: withDefault(count, 1, { doc: 'Clusters a die; 1 where absent.', invalid: 'cpu/topology-number' }),
    cores: required(count, {
      doc: 'Cores a cluster.',
      missing: 'cpu/incomplete-topology',
      invalid: 'cpu/topology-number',
    }),
    threads: required(count, {
      doc: 'Threads a core.',
      missing: 'cpu/incomplete-topology',
      invalid: 'cpu/topology-number',
    }),
  },
})

const cache = element('cache', 'What the guest sees of the processor cache.', {
  attributes: {
    level: optional(integer({ min: 1, max: 3 }), {
      doc: 'Level of the cache; all where absent.',
      invalid: 'cpu/cache-level',
    }),
    mode: required(oneOf('emulate', 'passthrough', 'disable'), {
      doc: 'emulate: as the model says; passthrough: as the host; disable: none.',
    }),
  },
})

const maxphysaddr = element('maxphysaddr', 'How many bits a physical address of the guest has.', {
  attributes: {
    mode: required(oneOf('emulate', 'passthrough'), { doc: 'emulate: as `bits` says; passthrough: as the host.' }),
    bits: optional(integer(), { doc: 'Number of bits (emulate).' }),
    limit: optional(integer(), { doc: "Upper bound of the host's number (passthrough)." }),
  },
})

export const cpu = element(
  'cpu',
  'The processor that the guest sees (formatdomain, "CPU model and topology").',
  {
    attributes: {
      mode: optional(oneOf('custom', 'host-model', 'host-passthrough', 'maximum'), {
        doc: "custom: as the children say; host-model: the host's, described; host-passthrough: the host's itself; maximum: all that can be given.",
      }),
      match: optional(oneOf('minimum', 'exact', 'strict'), {
        doc: 'How closely the guest follows the description (custom): exact where absent.',
      }),
      check: optional(oneOf('none', 'partial', 'full'), {
        doc: 'How the processor that the guest got is compared with the one asked for.',
      }),
      migratable: optional(onOff, {
        doc: 'Only features that allow migration (host-passthrough and maximum).',
      }),
      deprecated_features: optional(onOff, {
        doc: 'off: without the features that QEMU calls deprecated (IBM Z).',
        since: '11.0',
      }),
    },
    children: {
      model: child(model),
      vendor: textChild(text, { doc: "The vendor that the host's processor must have." }),
      topology: child(topology),
      cache: child(cache),
      maxphysaddr: child(maxphysaddr),
      feature: many(feature),
      numa: child(numa, { merges: 'of each' }),
    },
  },
  { settle: settleCpu },
)

export type Cpu = Infer<typeof cpu>
