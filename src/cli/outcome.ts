import { WEXITSTATUS, WIFEXITED, WTERMSIG } from '../engine/abi/wait.ts'
import type { Failure } from '../engine/protocol.ts'
import type { Trace } from '../engine/trace/trace.ts'

/** What a shell would say of a wait status: the exit code, or 128 + the signal's number. */
export const shellStatus = (status: number): number => (WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status))

/** The exit code of the first guest that was started; 0 when none has ended. */
export const exitCodeOf = (trace: Trace): number => {
  // A script is a process, too: the one that nobody has started.
  const first = trace.births.find(({ parent }) => parent !== 0)
  const death = first === undefined ? undefined : trace.event(first.death)
  return death === undefined ? 0 : shellStatus(death.status)
}

/** All bytes that guests wrote to one of their descriptors 1 and 2. */
export const outputOf = (trace: Trace, fd: 1 | 2): Uint8Array => {
  const pieces = Array.from({ length: trace.outputs.length }, (_, i) => trace.output(i)).filter((output) => output.fd === fd)
  const whole = new Uint8Array(pieces.reduce((sum, { bytes }) => sum + bytes.length, 0))
  let at = 0
  for (const { bytes } of pieces) {
    whole.set(bytes, at)
    at += bytes.length
  }
  return whole
}

/** A failure as text: title, place, cause, cure, and who waits for whom. */
export const failureText = ({ title, line, column, cause, cure, tasks = [] }: Failure, script = 'tracer.ts'): string => {
  const place = line === undefined ? '' : ` (${script}:${line}${column === undefined ? '' : `:${column}`})`
  return [`${title}${place}`, cause, ...tasks.map((task) => `  ${task}`), cure].join('\n')
}
