import { signalName } from '../abi/signal.ts'
import { argsText } from '../decode/arg-list.ts'
import type { DecodedCall } from '../decode/call.ts'
import type { StopKind } from './stop-cause.ts'

/** What a stop's line is made of. */
export interface Lined {
  readonly kind: StopKind
  readonly signal: number | undefined
  readonly event: string | undefined
  readonly code: number | undefined
  readonly child: number | undefined
  readonly pc: number
  readonly function: string | undefined
}

/** A stop as strace prints it. @param decoded the call, of a stop that has one */
export const lineOf = (stop: Lined, decoded: () => DecodedCall): string => {
  switch (stop.kind) {
    case 'syscall-entry': {
      const { name, args } = decoded()
      return `${name}(${argsText(args)}`
    }
    case 'syscall-exit': {
      const { name, args, result } = decoded()
      return `${name}(${argsText(args)}) = ${result.text}`
    }
    case 'signal':
      return `--- ${signalName(stop.signal ?? 0)} ---`
    case 'step':
      return `--- step: ${stop.function ?? 'a function'} at 0x${stop.pc.toString(16)} ---`
    case 'group':
      return `--- stopped by ${signalName(stop.signal ?? 0)} ---`
    case 'exited':
      return `+++ exited with ${stop.code} +++`
    case 'killed':
      return `+++ killed by ${signalName(stop.signal ?? 0)} +++`
    default:
      return `--- ${stop.event ?? stop.kind}${stop.child === undefined ? '' : `: child ${stop.child}`} ---`
  }
}
