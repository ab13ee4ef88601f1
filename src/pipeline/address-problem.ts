import type { AddressProblem } from '../address/problem.ts'
import type { Context } from '../context/context.ts'
import type { When } from '../diagnostic/diagnostic.ts'
import type { Addressable } from '../fragments/device-info.ts'

/** A problem of an address engine, as a finding about the device at fault. */
export function reportAddressProblem(
  problem: AddressProblem,
  subjects: ReadonlyMap<string, Addressable>,
  context: Context,
  when: When = 'define',
): void {
  const [first, ...others] = problem.requests.map((id) => subjects.get(id))
  const finding = {
    code: problem.code,
    when,
    message: problem.message,
    ...(problem.hint && { hint: problem.hint }),
    ...(first && (first.address ? { at: first.address } : { at: first })),
    related: others.flatMap((other) => {
      const origin = other && context.origins.of(other.address ?? other)
      return origin?.kind === 'xml' ? [{ message: 'the other device', span: origin.span }] : []
    }),
  }
  if (problem.severity === 'error') context.error(finding)
  else context.warn(finding)
}
