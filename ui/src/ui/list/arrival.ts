/*
 * Whether a screen was come to by going back. A list then shows what its address says, even where
 * that is nothing, and not the view it opens with.
 */
let isBack = false;

export const noteArrival = (action: string): void => {
  isBack = action === "BACK" || action === "FORWARD" || action === "GO";
};

export const cameBack = (): boolean => isBack;
