import { describe, expect, test } from 'vitest'
import { ERRNO } from '../../engine/abi/errno.ts'
import { SIGNAL } from '../../engine/abi/signal.ts'
import { traced } from './tracer.ts'

const { SIGKILL } = SIGNAL

describe('many guests', () => {
  test('two at once take turns, in the same order every time', async () => {
    const run = () => traced('manywrites', ['40'], async (tracer) => {
      const two = [tracer.spawn({ trace: 'none' }), tracer.spawn({ trace: 'none' })]
      for (const pid of two) expect(await tracer.wait(pid)).toBe(0)
    })
    const first = await run()
    expect(first.output.length).toBe(2 * 40 * 16)
    expect((await run()).digest).toBe(first.digest)
  })

  test('two that compute and write are interleaved before either has ended', async () => {
    const { trace } = await traced('manywrites', ['20000'], async (tracer) => {
      const two = [tracer.spawn({ trace: 'none' }), tracer.spawn({ trace: 'none' })]
      for (const pid of two) expect(await tracer.wait(pid)).toBe(0)
    })
    const writers = Array.from({ length: trace.outputs.length }, (_, i) => trace.output(i).pid)
    const turns = writers.filter((pid, i) => pid !== writers[i - 1]).length
    expect(turns).toBeGreaterThan(2)
  })

  test('who has ended and was waited for is freed: two hundred in a row leave nobody, and no memory', async () => {
    await traced('exit42', [], async (tracer) => {
      for (let i = 0; i < 200; i++) {
        const pid = tracer.spawn({ trace: i % 2 === 0 ? 'none' : 'traceme' })
        expect(pid).toBeGreaterThan(0)
        const task = tracer.session.kernel.tasks.get(pid)
        if (i % 2 === 1) {
          await tracer.wait(pid)
          tracer.request('PTRACE_CONT', pid)
        }
        expect(await tracer.wait(pid)).toBe(42 << 8)
        expect(task?.vcpu?.memory.buffer().byteLength).toBe(0)
      }
      expect(tracer.session.kernel.tasks.size).toBe(1)
      expect(tracer.session.kernel.sched.pending).toBe(0)
    })
  })

  test('more than the machine allows at a time are EAGAIN, and there is room again when they have ended', async () => {
    await traced('blocker', [], async (tracer) => {
      const pids: number[] = []
      for (;;) {
        const pid = tracer.spawn({ trace: 'none' })
        if (pid < 0) {
          expect(pid).toBe(-ERRNO.EAGAIN)
          break
        }
        pids.push(pid)
      }
      expect(pids.length).toBe(63)
      for (const pid of pids) {
        tracer.kill(pid, SIGKILL)
        expect(await tracer.wait(pid)).toBe(SIGKILL)
      }
      expect(tracer.spawn({ trace: 'none' })).toBeGreaterThan(0)
    }, { tty: true })
  })
})
