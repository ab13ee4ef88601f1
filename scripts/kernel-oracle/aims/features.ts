import { cast } from '../cast.ts'
import { featureOf } from '../choices.ts'
import { driven, opened, through } from '../ways.ts'
import { type Aim, holderOf } from './aim.ts'

const { pf, plain } = cast

/** `VFIO_DEVICE_FEATURE`. */
export const features: readonly Aim[] = [
  {
    rules: [
      ...['feature/token-set', 'feature/token-too-small', 'feature/probed', 'feature/no-operation', 'feature/other'],
      ...['feature/get-unsupported', 'feature/get-and-set', 'feature/header-too-small', 'feature/unknown-flags'],
    ],
    way: through(driven(pf, 'vfio-pci'), opened(pf)),
    attempt: (chance, host) => featureOf(chance, holderOf(host, pf), pf),
  },
  {
    rules: ['feature/not-a-pf', 'feature/unknown'],
    way: through(driven(plain, 'vfio-pci'), opened(plain)),
    attempt: (chance, host) => featureOf(chance, holderOf(host, plain), plain),
  },
]
