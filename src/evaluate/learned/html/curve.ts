import { html, type Markup } from '../../../sinks/html/markup.ts'
import type { Point } from '../judged.ts'

const SIDE = 1000

/**
 * A curve that fills its chart: both coordinates are shares from 0 to 1, y upwards. Only this inner picture is stretched
 * to the chart's width, and its stroke is not, so a curve of hundreds of points is one element.
 */
export function curve(points: readonly Point[], height: number, style: string): Markup {
  const path = points.map(({ x, y }) => `${Math.round(x * SIDE)},${Math.round((1 - y) * SIDE)}`)
  const moved = path.filter((point, i) => point !== path[i - 1])
  return html`<svg width="100%" height="${height}" viewBox="0 0 ${SIDE} ${SIDE}" preserveAspectRatio="none" aria-hidden="true"><polyline class="${style}" points="${moved.join(' ')}"/></svg>`
}

/** Steps that hold a value until the next x: what was reached by then, and nothing promised between. */
export function holding(points: readonly Point[]): Point[] {
  return points.flatMap((to, i) => (i === 0 ? [to] : [{ x: to.x, y: points[i - 1].y }, to]))
}

/** Steps that lead to every x at its own value: the area below is the average precision. */
export function reaching(points: readonly Point[]): Point[] {
  return points.flatMap((to, i) => (i === 0 ? [to] : [{ x: points[i - 1].x, y: to.y }, to]))
}
