import { featureFlags } from '../../../src/vfio/feature.ts'
import type { Operation } from '../../../tests/vfio/operation.ts'
import { feature } from '../steps.ts'

/** `VFIO_DEVICE_FEATURE` with all sorts of sizes and flags. */
export const featureRequests = (holder: string, address: string): Operation[] => {
  const { get, set, probe } = featureFlags
  return [
    feature(holder, address, 0, set),
    feature(holder, address, 7, set),
    feature(holder, address, 8, set),
    feature(holder, address, 23, set),
    feature(holder, address, 24, set),
    feature(holder, address, 4096, set),
    feature(holder, address, 24, set | (1 << 19)),
    feature(holder, address, 24, set | (1 << 31)),
    feature(holder, address, 7, set | (1 << 31)),
    feature(holder, address, 24, get | set),
    feature(holder, address, 24, get),
    feature(holder, address, 24, get | probe),
    feature(holder, address, 24, get | set | probe),
    feature(holder, address, 24, set | probe),
    feature(holder, address, 8, set | probe),
    feature(holder, address, 24, probe),
    feature(holder, address, 24, 0),
    feature(holder, address, 8, 0),
    feature(holder, address, 24, get | set | 7),
    ...Array.from({ length: 16 }, (_, number) => [
      feature(holder, address, 8, number + 1),
      feature(holder, address, 64, probe | (number + 1)),
      feature(holder, address, 64, get | probe | (number + 1)),
      feature(holder, address, 64, set | probe | (number + 1)),
      feature(holder, address, 64, get | set | probe | (number + 1)),
    ]).flat(),
    feature(holder, address, 24, set | 0x7fff),
    feature(holder, address, 24, probe | 0xffff),
  ]
}
