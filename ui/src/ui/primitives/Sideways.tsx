import { type ReactNode, useEffect, useRef, useState } from "react";

export interface SidewaysProps {
  className: string | undefined;
  /** Names the region while it scrolls. */
  label: string;
  children: ReactNode;
}

/** Whether an element holds more than it is wide. */
function useOverflow() {
  const ref = useRef<HTMLElement>(null);
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setOver(element.scrollWidth > element.clientWidth);
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    if (element.firstElementChild) watch.observe(element.firstElementChild);
    measure();
    return () => watch.disconnect();
  }, []);
  return { ref, isOver };
}

/** What scrolls sideways where there is no room for it: then, and only then, the keys can reach it. */
export function Sideways({ className, label, children }: SidewaysProps) {
  const { ref, isOver } = useOverflow();
  return (
    <section
      ref={ref}
      className={className}
      {...(isOver ? { tabIndex: 0, "aria-label": label } : {})}
    >
      {children}
    </section>
  );
}
