import { useKeys } from './commands/use-keys.ts'
import { DropZone } from './files/drop-zone.tsx'
import styles from './shell/app.module.css'
import { Projector } from './notes/projector.tsx'
import { Announcer } from './shell/announcer.tsx'
import { Banner } from './shell/banner.tsx'
import { Dialogs } from './shell/dialogs.tsx'
import { LoadingBanner } from './shell/loading-banner.tsx'
import { MenuBar } from './shell/menu-bar.tsx'
import { PhoneBar, PhoneChoice } from './shell/phone-bar.tsx'
import { StatusBar } from './shell/status-bar.tsx'
import { Transport } from './shell/transport.tsx'
import { useSwipe } from './shell/use-swipe.ts'
import { useWidth } from './shell/use-media.ts'
import { Work } from './shell/work.tsx'
import { useApp } from './state/store.ts'

/** The whole page. */
export function App() {
  useKeys()
  const width = useWidth()
  const front = useApp((state) => state.front)
  const swipe = useSwipe()
  return (
    <div className={styles.app} data-width={width}>
      {width === 'phone' ? (
        <header>
          <h1 className={styles.said}>Skipcall</h1>
          <div {...swipe}><PhoneBar /></div>
          {front === 'editor' && <PhoneChoice />}
        </header>
      ) : <><MenuBar /><Transport /></>}
      <LoadingBanner />
      <Banner />
      <Work width={width} />
      {width !== 'phone' && <StatusBar />}
      <Announcer />
      <Dialogs />
      <DropZone />
      <Projector />
    </div>
  )
}
