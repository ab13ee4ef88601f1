import type { HostLayer } from '../load.ts'
import { generic } from './generic.ts'

/** What nobody said: see `generic`. It lies below every other layer. */
export const assumedLayer: HostLayer = { file: generic, standing: 'assumed' }
