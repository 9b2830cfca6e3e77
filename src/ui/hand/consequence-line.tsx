import { useMemo } from 'react'
import { consequenceOf } from '../../engine/decision/consequence.ts'
import type { Standing } from '../../engine/decision/effect.ts'
import type { Choice } from '../state/hand.ts'
import { useApp } from '../state/store.ts'
import { CHOICES, decisionFor } from './choice.ts'
import { useArgName } from './use-standing.ts'

interface ConsequenceProps {
  readonly stop: Standing
  readonly choice: Choice
}

/** What a choice will send and what follows, before it is made. */
export function Consequence({ stop, choice }: ConsequenceProps) {
  const edits = useApp((state) => state.edits)
  const argName = useArgName(stop.seq)
  const told = useMemo(() => {
    const decision = decisionFor(stop, choice, edits)
    return 'wrong' in decision ? decision : consequenceOf(stop, decision, argName)
  }, [stop, choice, edits, argName])
  const { title } = CHOICES[choice]
  if ('wrong' in told) return <><b>{title}</b> has to wait: {told.wrong} is not a number that fits.</>
  const edit = told.edits.length === 0 ? '' : `${told.edits.join(', ')} and `
  return <><b>{title}</b> {edit}sends <code>{told.request}</code>: {told.follows}</>
}
