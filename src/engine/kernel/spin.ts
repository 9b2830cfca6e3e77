import type { Kernel } from './kernel.ts'

/** Where a guest computes that makes no calls. */
export interface Spin {
  readonly pid: number
  readonly name: string
  /** The function's index in the guest's module, and its name if it has one. */
  readonly func: number
  readonly functionName: string | undefined
  /** Where in the module's code section; undefined where the browser does not say. */
  readonly codeOffset: number | undefined
}

/** The guests that were computing when they last gave the turn away, and where. Nothing is made again for it. */
export const whereSpins = (kernel: Kernel): readonly Spin[] => {
  const spins: Spin[] = []
  for (const { pid, name, standing, vcpu, process } of kernel.tasks.values()) {
    const [frame] = standing === 'tick' && vcpu !== undefined ? vcpu.spot() : []
    if (frame !== undefined) spins.push({ pid, name, ...frame, functionName: kernel.host.functionName?.(process.image.hash, frame.func) })
  }
  return spins
}

/** "cat spins in function `busy` at 0x1a3." */
export const spinSentence = ({ name, func, functionName, codeOffset }: Spin): string => {
  const where = functionName === undefined ? `number ${func}` : `\`${functionName}\``
  return `${name} spins in function ${where}${codeOffset === undefined ? '' : ` at 0x${codeOffset.toString(16)}`}.`
}
