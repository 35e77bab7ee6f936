import type { LucideIcon } from "lucide-react";

export type { LucideIcon };

interface IconProps {
  of: LucideIcon;
  /** Pixels: 16 beside text, 14 in pills, 12 in table heads, 20 in empty states. */
  size?: 12 | 14 | 16 | 20;
  className?: string;
}

/** A picture that says nothing by itself: the word beside it is what is read aloud. */
export function Icon({ of: Shape, size = 16, className }: IconProps) {
  return (
    <Shape
      size={size}
      strokeWidth={size <= 12 ? 1.4 : 1.5}
      absoluteStrokeWidth
      className={className}
      aria-hidden
      focusable={false}
      style={{ flex: "none" }}
    />
  );
}
