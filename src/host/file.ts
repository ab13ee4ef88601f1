import { type JsonSchema, list, type Of, optional, partial, record, text } from '../json/shape.ts'
import { configShape } from './config.ts'
import { factFields } from './facts.ts'
import { networkShape, portShape } from './networks.ts'
import { poolShape, volumeShape } from './pools.ts'

const networkEntry = record('A network: as libvirt prints it (net-dumpxml), or as data.', {
  xml: optional(text("libvirt's XML of the network.")),
  network: optional(networkShape),
  portXml: optional(text("libvirt's XML of the port that it hands out; missing: it follows from the network.")),
  port: optional(portShape),
})

const poolEntry = record('A storage pool: as libvirt prints it (pool-dumpxml), or as data.', {
  xml: optional(text("libvirt's XML of an active pool.")),
  pool: optional(poolShape),
  volumes: list('Its volumes.', volumeShape),
})

const base64Text = (description: string) => text(description, { pattern: '^[A-Za-z0-9+/]*={0,2}$' })

const secretEntry = record('A secret, found by UUID, or by type and usage.', {
  uuid: optional(text('Its UUID.')),
  type: optional(text('ceph, iscsi, tls, vtpm, volume or passphrase.')),
  usage: optional(text('Its usage.')),
  value: optional(text('Its value as text.')),
  base64: optional(base64Text('Its value in base64.')),
})

const masterKey = record('What secrets are sealed with for QEMU.', {
  key: base64Text('32 bytes in base64.'),
  iv: base64Text('16 bytes in base64.'),
})

/** A host as a file: every key may be missing and is then as on a generic host. */
export const hostFileShape = partial(
  record('A host for domxml (--host FILE). What is missing is as on a freshly installed host.', {
    ...factFields,
    config: partial(configShape),
    networks: list('Virtual networks.', networkEntry),
    storagePools: list('Storage pools.', poolEntry),
    secrets: list('Secrets.', secretEntry),
    masterKey,
    randomSeed: text('Seed of random values; the same seed gives the same values.'),
  }),
)

export type HostFile = Of<typeof hostFileShape>
export type NetworkEntry = Of<typeof networkEntry>
export type PoolEntry = Of<typeof poolEntry>
export type SecretEntry = Of<typeof secretEntry>

/** The JSON Schema of a host file; `schemas/host.schema.json` is its print. */
export const hostFileSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'domxml host',
  ...hostFileShape.schema,
}
