import { describe, expect, test } from 'vitest'
import { makeTrampoline, trampolineKey, type CallType } from './trampoline.ts'

// JSPI is newer than TypeScript's library.
const jspi = WebAssembly as unknown as {
  Suspending: new (body: (...args: number[]) => unknown) => WebAssembly.ImportValue
  promising: (body: WebAssembly.ExportValue) => (...args: unknown[]) => Promise<number | undefined>
}

const CALLS: readonly CallType[] = [
  { params: ['i32', 'i64', 'i32'], results: ['i32'] },
  { params: ['i32'], results: [] },
]

/** A machine of which every part is written down as it is called. */
function machine(signals = false) {
  const log: string[] = []
  const names = ['mode', 'todo', 'dead', 'fuel', 'signals', 'siginfo', 'context', 'again'] as const
  const env = Object.fromEntries(
    names.map((name) => [name, new WebAssembly.Global({ value: 'i32', mutable: true }, 0)]),
  ) as Record<(typeof names)[number], WebAssembly.Global<'i32'>>
  const pending: number[] = []
  const hooks = { plain: (): number => 7, returned: (): void => {} }
  const say =
    (name: string, result: () => unknown) =>
    (...args: number[]): unknown => {
      log.push(`${name}(${args.join(' ')})`)
      return result()
    }
  const suspending = (name: string, result: () => unknown): WebAssembly.ImportValue =>
    new jspi.Suspending(async (...args) => {
      await Promise.resolve()
      return say(name, result)(...args)
    })
  const finished = (result?: number) => () => {
    env.todo.value = 0
    return result
  }
  const plain = { 0: say('plain0', () => hooks.plain()), 1: say('plain1', () => hooks.plain()) }
  const module = new WebAssembly.Module(makeTrampoline(CALLS, { signals }))
  const instance = new WebAssembly.Instance(module, {
    plain,
    suspending: { 0: suspending('suspending0', () => 8), 1: suspending('suspending1', () => undefined) },
    env: {
      ...env,
      finish: suspending('finish', finished(9)),
      tick_plain: say('tickPlain', () => hooks.plain()) as () => void,
      tick_suspending: suspending('tickSuspending', () => undefined),
      finish_tick: suspending('finishTick', finished()),
      overflow: suspending('overflow', () => undefined),
      step: suspending('step', () => undefined),
      step_plain: () => undefined,
      next_signal: say('nextSignal', () => {
        const next = pending.shift() ?? 0
        if (next === 0) env.signals.value = 0
        return next
      }) as () => number,
      signal_returned: () => 1,
      signal_return: suspending('signalReturn', () => hooks.returned()),
    } as WebAssembly.ModuleImports,
  })
  const exported = instance.exports as Record<string, WebAssembly.ExportValue>
  const call = (name: string, ...args: unknown[]): Promise<number | undefined> =>
    jspi.promising(exported[name]!)(...args)
  return { log, env, pending, hooks, call, exported }
}

const big = 0x1234_5678_9abc_def0n
const halves = `${0x9abc_def0 | 0} ${0x1234_5678}`

describe('a trampoline', () => {
  test('passes the fuel and halves of an i64 to the plain call', async () => {
    const { env, call, log } = machine()
    env.fuel.value = 42
    expect(await call('0', 1, big, 2)).toBe(7)
    expect(log).toEqual([`plain0(42 1 ${halves} 2)`])
  })

  test('calls the plain path without a promising caller', () => {
    const { exported, log } = machine()
    expect((exported['0'] as (...args: unknown[]) => number)(1, -1n, 2)).toBe(7)
    expect(log).toEqual(['plain0(0 1 -1 -1 2)'])
  })

  test('suspends while mode is set', async () => {
    const { env, call, log } = machine()
    env.mode.value = 1
    expect(await call('0', 1, big, 2)).toBe(8)
    expect(await call('1', 5)).toBe(undefined)
    expect(log).toEqual([`suspending0(0 1 ${halves} 2)`, 'suspending1(0 5)'])
  })

  test('takes the result of finish when a plain call must wait', async () => {
    const { env, call, log, hooks } = machine()
    hooks.plain = () => (env.todo.value = 1)
    expect(await call('0', 1, 2n, 3)).toBe(9)
    expect(await call('1', 5)).toBe(undefined)
    expect(log).toEqual(['plain0(0 1 2 0 3)', 'finish()', 'plain1(0 5)', 'finish()'])
  })

  test('traps when the task is dead', async () => {
    const { env, call, hooks } = machine()
    hooks.plain = () => (env.dead.value = 1)
    await expect(call('1', 5)).rejects.toThrow(WebAssembly.RuntimeError)
    await expect(call('tick')).rejects.toThrow(WebAssembly.RuntimeError)
  })

  test('ticks in the same three ways', async () => {
    const { env, call, log, hooks } = machine()
    env.fuel.value = -1
    await call('tick')
    hooks.plain = () => (env.todo.value = 1)
    await call('tick')
    env.mode.value = 1
    await call('tick')
    expect(log).toEqual(['tickPlain(-1)', 'tickPlain(-1)', 'finishTick()', 'tickSuspending(-1)'])
  })

  test('never returns from an overflow', async () => {
    const { call, log } = machine()
    await expect(call('overflow')).rejects.toThrow(WebAssembly.RuntimeError)
    expect(log).toEqual(['overflow()'])
  })

  test('refuses a type that no call has', () => {
    expect(() => makeTrampoline([{ params: ['v128'], results: [] }], { signals: false })).toThrow(RangeError)
    expect(() => makeTrampoline([{ params: [], results: ['i64'] }], { signals: false })).toThrow(RangeError)
  })

  test('has a key that tells signatures and options apart', () => {
    const keys = [CALLS, CALLS.slice(1)].flatMap((calls) =>
      [true, false].map((signals) => trampolineKey(calls, { signals })),
    )
    expect(new Set(keys).size).toBe(4)
  })
})

/** (module: a function `handle` (i32 i32 i32) → () that calls env.say with its parameters) */
const HANDLER = new Uint8Array([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 7, 1, 0x60, 3, 0x7f, 0x7f, 0x7f, 0, 2, 7, 1, 1, 0x65, 1, 0x73, 0, 0, 3, 2, 1, 0,
  7, 5, 1, 1, 0x68, 0, 1, 10, 12, 1, 10, 0, 0x20, 0, 0x20, 1, 0x20, 2, 0x10, 0, 0x0b,
])

describe('a trampoline with signals', () => {
  function handled() {
    const all = machine(true)
    const say = new jspi.Suspending(async (...args) => {
      await Promise.resolve()
      all.log.push(`handler(${args.join(' ')})`)
    })
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(HANDLER), { e: { s: say } })
    const table = all.exported['handler'] as unknown as WebAssembly.Table
    table.set(0, exports['h'])
    return all
  }

  test('runs no handler unless a signal waits', async () => {
    const { call, log } = handled()
    await call('1', 5)
    expect(log).toEqual(['plain1(0 5)'])
  })

  test('runs handlers that block, one after another, and then returns', async () => {
    const { env, call, log, pending } = handled()
    env.signals.value = 1
    env.siginfo.value = 1000
    env.context.value = 2000
    pending.push(10, 12)
    expect(await call('0', 1, 2n, 3)).toBe(7)
    expect(log.slice(1)).toEqual([
      'nextSignal()',
      'handler(10 1000 2000)',
      'signalReturn()',
      'nextSignal()',
      'handler(12 1000 2000)',
      'signalReturn()',
      'nextSignal()',
    ])
  })

  test('makes a call again after a handler', async () => {
    const { env, call, log, pending, hooks } = handled()
    env.signals.value = 1
    pending.push(10)
    hooks.returned = () => {
      env.again.value = 1
    }
    expect(await call('0', 1, 2n, 3)).toBe(7)
    expect(log.filter((line) => line.startsWith('plain'))).toEqual(['plain0(0 1 2 0 3)', 'plain0(0 1 2 0 3)'])
    expect(env.again.value).toBe(0)
  })

  test('runs handlers at a tick and after an overflow', async () => {
    const { env, call, log, pending } = handled()
    env.signals.value = 1
    pending.push(14)
    await call('tick')
    env.signals.value = 1
    pending.push(11)
    await expect(call('overflow')).rejects.toThrow(WebAssembly.RuntimeError)
    expect(log.filter((line) => line.startsWith('handler'))).toEqual(['handler(14 0 0)', 'handler(11 0 0)'])
  })
})
