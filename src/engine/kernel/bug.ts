/** A mistake of ours, never of a guest or a script: those get an errno. It ends the machine with a sentence. */
export class KernelBug extends Error {
  override name = 'KernelBug'
}
