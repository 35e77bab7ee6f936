import { lazy, Suspense } from "react";
import { useGuide } from "./open";

// The pages are a text of their own size; whoever never asks never reads it.
const GuidePanel = lazy(() => import("./GuidePanel").then((m) => ({ default: m.GuidePanel })));

/** Beside the work, once somebody asks. */
export function Aside() {
  const isOpen = useGuide((guide) => guide.isOpen);
  if (!isOpen) return null;
  return (
    <Suspense>
      <GuidePanel />
    </Suspense>
  );
}
