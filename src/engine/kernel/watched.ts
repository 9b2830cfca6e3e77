import type { Task } from './task.ts'

/** Must every call of this task go through the kernel with its stack suspended? */
export const isWatched = ({ tracing, seccomp }: Task): boolean => (tracing !== undefined && (tracing.resume.mode !== 'free' || tracing.resume.step !== undefined)) || seccomp.mode !== 0
