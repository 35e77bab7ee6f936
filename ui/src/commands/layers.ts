import { create } from "zustand";

/** Which of the two windows over the shell is open. Never both. */
export const useLayer = create<{ open: "palette" | "shortcuts" | null }>(() => ({ open: null }));

export const openLayer = (open: "palette" | "shortcuts" | null) => useLayer.setState({ open });
