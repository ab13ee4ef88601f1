import { of, type Piece } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'

const kibOfMib = 1024n

/** `-accel kvm,dirty-ring-size=4096` or `-accel tcg,tb-size=128`: the accelerator and what the features tune of it. */
export function acceleratorPieces({ accelerator, definition }: Context): Piece[] {
  const pieces: Piece[] = [{ text: accelerator, from: of(definition, 'type') }]
  const ring = definition.features?.kvm?.['dirty-ring']
  if (accelerator === 'kvm' && ring?.state === true) {
    pieces.push({ text: `,dirty-ring-size=${ring.size ?? 0}`, from: of(ring, 'size') })
  }
  const cache = definition.features?.tcg?.['tb-cache']
  if (accelerator === 'tcg' && cache?.value !== undefined) {
    pieces.push({ text: `,tb-size=${cache.value / kibOfMib}`, from: of(cache, 'value') })
  }
  return pieces
}
