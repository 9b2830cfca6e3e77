/** The part of a 2D context that painting uses; a test draws into a log instead. */
export type Surface = Pick<
  CanvasRenderingContext2D,
  | 'fillStyle' | 'strokeStyle' | 'lineWidth' | 'lineJoin' | 'globalAlpha' | 'font' | 'textAlign' | 'textBaseline'
  | 'beginPath' | 'moveTo' | 'lineTo' | 'arc' | 'rect' | 'closePath' | 'fill' | 'stroke' | 'fillRect' | 'strokeRect'
  | 'clearRect' | 'fillText' | 'setLineDash' | 'save' | 'restore' | 'clip'
>
