import type { Context } from '../context/context.ts'
import { oneTokenPerPf } from './one-token-per-pf.ts'

/** Checks that span devices of several kinds. */
export const rules: readonly ((context: Context) => void)[] = [oneTokenPerPf]
