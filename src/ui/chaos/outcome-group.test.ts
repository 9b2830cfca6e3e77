import { describe, expect, test } from 'vitest'
import { exitedStatus } from '../../engine/abi/wait.ts'
import type { Ending } from '../../engine/fault/outcome.ts'
import { endText, firstOther, groupOutcomes, isBad, schedulesText, writtenText, type Tried } from './outcome-group.ts'

const ends = (stdout: string, code = 0): Ending => ({ end: { kind: 'exited' }, status: exitedStatus(code), stdout, stderr: '', files: 'same' })
const usual = ends('8 of 8\n')
const tried: readonly Tried[] = [
  { schedule: 4, ending: ends('7 of 8\n', 3) }, { schedule: 1, ending: ends('8 of 8\n') }, { schedule: 3, ending: undefined },
  { schedule: 2, ending: ends('8 of 8\n') }, { schedule: 6, ending: ends('7 of 8\n', 3) },
]

describe('schedules that have been tried', () => {
  test('are grouped by what came out, the usual end first', () => {
    expect(groupOutcomes(usual, tried).map(({ schedules, usual: isUsual }) => [schedules, isUsual])).toEqual([[[1, 2], true], [[3], false], [[4, 6], false]])
  })

  test('differ by status, output and files, each alone', () => {
    const others = [ends('8 of 8\n', 1), ends('other\n'), { ...usual, files: 'other' }].map((ending, i) => ({ schedule: i + 1, ending }))
    expect(groupOutcomes(usual, others)).toHaveLength(4)
  })

  test('have a first other one only when all before it are known', () => {
    expect(firstOther(usual, tried)).toBe(3)
    expect(firstOther(usual, tried.filter(({ schedule }) => schedule !== 2))).toBeUndefined()
    expect(firstOther(usual, tried.filter(({ schedule }) => schedule < 3))).toBeUndefined()
  })
})

test('an end is told in words, with the beginning of what was written', () => {
  expect(endText(ends('', 3))).toBe('exited with 3')
  expect(endText(undefined)).toBe('fell silent')
  expect([usual, ends('', 3), undefined].map(isBad)).toEqual([false, true, true])
  expect(writtenText({ ...usual, stderr: ' oops ' })).toBe('8 of 8\noops')
  expect(writtenText(ends('x'.repeat(200)))).toHaveLength(161)
})

test('schedules are told as runs of numbers', () => {
  expect(schedulesText([3, 7, 20, 21, 22, 30])).toBe('3, 7, 20–22, 30')
  expect(schedulesText([1, 3, 5, 6, 7], 2)).toBe('1, 3 and 3 more')
})
