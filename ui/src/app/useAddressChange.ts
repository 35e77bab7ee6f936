import { useMatch, useNavigate, useRouter } from "@tanstack/react-router";
import { useCallback } from "react";

/**
 * Changes parts of what the address of a screen asks for, and leaves the rest of it. A change is
 * made to where one is going, not to what is drawn: of two in quick succession both hold, though
 * the screen of the first is still waiting for its rows. Once somebody has left, it is nobody's.
 * It is no step of its own on the way back.
 */
export function useAddressChange<S extends object>(): (change: Partial<S>) => void {
  const navigate = useNavigate();
  const router = useRouter();
  const pathname = useMatch({ strict: false, select: (match) => match.pathname });
  return useCallback(
    (change) => {
      if (router.latestLocation.pathname !== pathname) return;
      void navigate({ to: ".", search: (old: object) => ({ ...old, ...change }), replace: true });
    },
    [navigate, router, pathname],
  );
}
