import type { Context } from '../../context/context.ts'

export function mixed(at: object, context: Context): void {
  context.error({
    code: 'cputune/whole-process-mixed',
    message: 'One group or monitor is of the whole process, another of some CPUs.',
    hint: 'Give vcpus to all of them, or to none.',
    at,
    field: 'vcpus',
  })
}

export function twice(message: string, hint: string, at: object, context: Context): void {
  context.error({ code: 'cputune/group-twice', message, hint, at })
}
