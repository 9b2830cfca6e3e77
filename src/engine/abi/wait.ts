/** Wait statuses and options: waitpid(2), include/uapi/linux/wait.h. */

export const WNOHANG = 1
export const WUNTRACED = 2
export const WSTOPPED = 2
export const WEXITED = 4
export const WCONTINUED = 8
export const WNOWAIT = 0x0100_0000
export const __WALL = 0x4000_0000
export const __WCLONE = 0x8000_0000
export const __WNOTHREAD = 0x2000_0000

export const WIFEXITED = (status: number): boolean => (status & 0x7f) === 0
export const WEXITSTATUS = (status: number): number => (status >> 8) & 0xff
export const WIFSIGNALED = (status: number): boolean => (status & 0x7f) !== 0 && (status & 0x7f) !== 0x7f
export const WTERMSIG = (status: number): number => status & 0x7f
export const WCOREDUMP = (status: number): boolean => (status & 0x80) !== 0
export const WIFSTOPPED = (status: number): boolean => (status & 0xff) === 0x7f
export const WSTOPSIG = (status: number): number => (status >> 8) & 0xff
export const WIFCONTINUED = (status: number): boolean => status === 0xffff

export const exitedStatus = (code: number): number => (code & 0xff) << 8
export const killedStatus = (signo: number, core: boolean): number => (signo & 0x7f) | (core ? 0x80 : 0)
/** @param code the stop code: signal number, SIGTRAP | 0x80, or signal | event << 8 */
export const stoppedStatus = (code: number): number => ((code << 8) | 0x7f) >>> 0
