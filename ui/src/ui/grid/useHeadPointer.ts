import { type PointerEvent as ReactPointerEvent, useRef, useState } from "react";
import type { Arranging } from "./useArranging";

/** A press that moves less is a click, which sorts. */
const SLACK_PX = 6;

/** The column head under the pointer, by the id it carries. */
function columnAt(x: number, head: HTMLElement): string | undefined {
  const cells = [...head.querySelectorAll<HTMLElement>("[data-column]")];
  const under = cells.find((cell) => {
    const { left, right } = cell.getBoundingClientRect();
    return x >= left && x < right;
  });
  return under?.dataset.column;
}

/** Follows the pointer until it is let go. */
function follow(move: (e: PointerEvent) => void, end: (e: PointerEvent) => void) {
  const stop = (e: PointerEvent) => {
    window.removeEventListener("pointermove", move);
    window.removeEventListener("pointerup", stop);
    window.removeEventListener("pointercancel", stop);
    end(e);
  };
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", stop);
  window.addEventListener("pointercancel", stop);
}

/** Columns are moved by their heads and sized by the edge of their heads. */
export function useHeadPointer<R>(arranging: Arranging<R> | null) {
  const [over, setOver] = useState<string | null>(null);
  const hasMoved = useRef(false);

  function grab(id: string, e: ReactPointerEvent<HTMLElement>) {
    hasMoved.current = false;
    const head = e.currentTarget.closest<HTMLElement>("[role=row]");
    if (arranging === null || e.button !== 0 || head === null) return;
    const start = e.clientX;
    follow(
      (at) => {
        if (Math.abs(at.clientX - start) < SLACK_PX && !hasMoved.current) return;
        hasMoved.current = true;
        setOver(columnAt(at.clientX, head) ?? null);
      },
      (at) => {
        setOver(null);
        const to = columnAt(at.clientX, head);
        if (hasMoved.current && at.type === "pointerup" && to) arranging.move(id, to);
      },
    );
  }
  function grabEdge(id: string, e: ReactPointerEvent<HTMLElement>) {
    const cell = e.currentTarget.parentElement;
    if (arranging === null || e.button !== 0 || cell === null) return;
    e.stopPropagation();
    e.preventDefault();
    hasMoved.current = true;
    const [start, width] = [e.clientX, cell.getBoundingClientRect().width];
    follow(
      (at) => arranging.drag(id, width + at.clientX - start, false),
      (at) => arranging.drag(id, width + at.clientX - start, true),
    );
  }
  return {
    /** The head a dragged column would be put at. */
    over,
    grab,
    grabEdge,
    /** Whether the press that just ended moved something, and so is no click. */
    wasDrag: () => hasMoved.current,
  };
}
