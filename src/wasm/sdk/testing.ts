// As much of a kernel as the example handler.c needs: signals of one process to itself, delivered from the call.

const EINTR = 27
const SA_SIGINFO_BYTES = 128
const SA_RESETHAND = 0x8000_0000
const SIGACTION_WORDS = 5
const SIG_BLOCK = 0
const PAGE = 65_536

/**
 * Runs it, and returns what it printed. The engine's word on signals is abi.md; here it is only that the entry and the
 * program agree: which function, with which arguments, and that the program goes on where it was.
 */
export const runHandlers = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
  const actions = new Map<number, Uint32Array>()
  let [blocked, pending, printed] = [0n, 0n, '']
  const bit = (signo: number): bigint => 1n << BigInt(signo - 1)

  const memory = (): DataView => new DataView((instance.exports.memory as WebAssembly.Memory).buffer)
  const enter = (signo: number, info: number): void => {
    const action = actions.get(signo) ?? new Uint32Array(SIGACTION_WORDS)
    const [handler = 0, flags = 0] = action
    if (handler < 2) throw new Error(`signal ${signo} has no handler`)
    if ((flags & SA_RESETHAND) !== 0) actions.delete(signo)
    const entry = instance.exports.__linux_signal as (signo: number, info: number, context: number) => void
    entry(signo, info, 0)
  }
  let scratch = 0
  const send = (signo: number): number => {
    if ((blocked & bit(signo)) !== 0n) pending |= bit(signo)
    else enter(signo, scratch)
    return 0
  }

  const linux: Record<string, (...args: number[]) => number> = {
    getpid: () => 1,
    gettid: () => 1,
    tgkill: (_tgid = 0, _tid = 0, signo = 0) => send(signo),
    kill: (_pid = 0, signo = 0) => send(signo),
    rt_sigqueueinfo: (_tgid = 0, signo = 0, info = 0) => {
      enter(signo, info)
      return 0
    },
    rt_sigaction: (signo = 0, act = 0, old = 0) => {
      const view = memory()
      const before = actions.get(signo) ?? new Uint32Array(SIGACTION_WORDS)
      if (act !== 0) {
        actions.set(signo, Uint32Array.from({ length: SIGACTION_WORDS }, (_, i) => view.getUint32(act + 4 * i, true)))
      }
      if (old !== 0) before.forEach((word, i) => view.setUint32(old + 4 * i, word, true))
      return 0
    },
    rt_sigprocmask: (how = 0, set = 0, old = 0) => {
      if (old !== 0) memory().setBigUint64(old, blocked, true)
      if (set !== 0 && how === SIG_BLOCK) blocked |= memory().getBigUint64(set, true)
      return 0
    },
    rt_sigsuspend: (mask = 0) => {
      const before = blocked
      blocked = memory().getBigUint64(mask, true)
      for (let signo = 1; signo <= 64; signo++) {
        if ((pending & ~blocked & bit(signo)) !== 0n) enter(signo, scratch)
      }
      blocked = before
      return -EINTR
    },
    sigaltstack: () => 0,
  }
  const preview1: Record<string, (...args: number[]) => number> = {
    fd_write: (_fd = 0, iovs = 0, count = 0, written = 0) => {
      const view = memory()
      let total = 0
      for (let at = iovs; at < iovs + 8 * count; at += 8) {
        const length = view.getUint32(at + 4, true)
        printed += new TextDecoder().decode(new Uint8Array(view.buffer, view.getUint32(at, true), length))
        total += length
      }
      view.setUint32(written, total, true)
      return 0
    },
    fd_fdstat_get: (_fd = 0, stat = 0) => {
      memory().setUint8(stat, 2) // a character device
      return 0
    },
  }

  const module = await WebAssembly.compile(bytes)
  const imports: Record<string, Record<string, (...args: number[]) => number>> = {}
  for (const { module: from, name } of WebAssembly.Module.imports(module)) {
    const table = (imports[from] ??= {})
    table[name] = (from === 'linux' ? linux : preview1)[name] ?? (() => {
      throw new Error(`${from}.${name} is not for this test`)
    })
  }
  const instance = await WebAssembly.instantiate(module, imports)
  scratch = (instance.exports.memory as WebAssembly.Memory).grow(1) * PAGE + SA_SIGINFO_BYTES
  const start = instance.exports._start as () => void
  start()
  return printed
}
