import type { HostFile } from '../file.ts'
import { debian13 } from './debian13.ts'
import { firstRenderNode, freshNetworks, freshStoragePools } from './fresh.ts'

/** What a fresh libvirt has everywhere; paths of firmware are those of Debian 13. */
export const generic: HostFile = {
  networks: freshNetworks,
  storagePools: freshStoragePools,
  drmRenderNode: firstRenderNode,
  firmware: debian13.firmware!,
  vhostUser: debian13.vhostUser!,
}
