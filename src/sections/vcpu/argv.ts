import { of, type Piece, rule } from '../../argv/piece.ts'
import type { ArgvSlot } from '../../context/unit.ts'

/** `-smp`: how many CPUs run at start, how many there may be, and how they are grouped. */
export const printSmp: ArgvSlot = ({ definition, capabilities }, out) => {
  const { vcpu, vcpus, cpu } = definition
  const total = vcpu?.value ?? 1
  // What is hot-pluggable is plugged once QEMU runs.
  const plugged = vcpus?.vcpu.filter((single) => single.enabled && single.hotpluggable).length ?? 0
  const current = (vcpu?.current ?? total) - plugged
  const from = vcpu ? of(vcpu, vcpu.current === undefined ? 'value' : 'current') : rule('vcpu/one')
  const pieces: Piece[] = [{ text: `${current}`, from }]
  if (vcpu && current !== total) pieces.push({ text: `,maxcpus=${total}`, from: of(vcpu, 'value') })
  const topology = cpu?.topology
  if (topology === undefined) {
    pieces.push({ text: `,sockets=${total},cores=1,threads=1`, from: rule('vcpu/one-core-sockets') })
  } else {
    const level = (name: keyof typeof topology) =>
      pieces.push({ text: `,${name}=${topology[name]}`, from: of(topology, name) })
    level('sockets')
    if (capabilities.has('smp-dies')) level('dies')
    if (capabilities.has('smp-clusters')) level('clusters')
    level('cores')
    level('threads')
  }
  out.option('-smp', pieces)
}
