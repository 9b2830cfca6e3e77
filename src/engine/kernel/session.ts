import type { Kernel } from './kernel.ts'
import type { Pid, Process } from './task.ts'

/** Process groups and sessions: setpgid(2), setsid(2), credentials(7). */

/** Every process that has not been reaped, in order of birth. */
export const processes = function* (kernel: Kernel): Generator<Process> {
  for (const task of kernel.tasks.values()) if (task.process.leader === task) yield task.process
}

export const membersOf = (kernel: Kernel, pgid: Pid): readonly Process[] => [...processes(kernel)].filter((process) => process.pgid === pgid)

/** "An orphaned process group is one in which the parent of every member is either itself a member or in another session." */
export const isOrphanedGroup = (kernel: Kernel, { pgid, sid }: Process): boolean =>
  !membersOf(kernel, pgid).some(({ parent }) => parent !== undefined && parent.pgid !== pgid && parent.sid === sid)
