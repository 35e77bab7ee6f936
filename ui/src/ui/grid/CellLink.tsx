import type { MouseEvent, ReactNode } from "react";
import { goTo } from "~/domain/places";

interface CellLinkProps {
  /** Path and search, as they stand in the address. */
  path: string;
  className?: string;
  title?: string;
  /** In a cell the arrows lead here; elsewhere it is a stop of the Tab key. */
  isStop?: boolean;
  children: ReactNode;
}

/** A link of a cell. There are hundreds on a page, so it watches nothing and knows its address as text. */
export function CellLink({ path, isStop, children, ...looks }: CellLinkProps) {
  function onClick(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(path);
  }
  return (
    <a {...looks} href={`#${path}`} tabIndex={isStop ? 0 : -1} onClick={onClick}>
      {children}
    </a>
  );
}
