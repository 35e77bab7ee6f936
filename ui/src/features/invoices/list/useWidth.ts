import { type RefObject, useLayoutEffect, useState } from "react";

/** How wide an element is; endless until it is measured. */
export function useWidth(of: RefObject<HTMLElement | null>): number {
  const [width_px, setWidth] = useState(Number.POSITIVE_INFINITY);
  useLayoutEffect(() => {
    const element = of.current;
    if (!element) return;
    const watch = new ResizeObserver(() => setWidth(element.clientWidth));
    setWidth(element.clientWidth);
    watch.observe(element);
    return () => watch.disconnect();
  }, [of]);
  return width_px;
}
