import { Fragment, type ReactNode, useEffect } from "react";
import type { DeskStatus } from "~/ipc/gen/DeskStatus";
import { restInvalidation } from "~/ipc/hooks";
import { useIdleLock } from "./idle";
import { LockScreen } from "./LockScreen";
import { SignIn } from "./SignIn";

/**
 * Who sits at the window. Where the book has users somebody must; a locked window keeps all that
 * was typed and only hides it, until its person or another one signs in.
 */
export function Sitting({ status, children }: { status: DeskStatus; children: ReactNode }) {
  const { session } = status;
  const isLocked = session?.locked ?? false;
  useIdleLock(session?.user && !isLocked ? session.idle_minutes : 0);
  useEffect(() => restInvalidation(isLocked), [isLocked]);
  if (session?.needed && !session.user) return <SignIn status={status} />;
  return (
    <>
      <Fragment key={session?.user?.id ?? "nobody"}>{children}</Fragment>
      {isLocked && session?.user && <LockScreen user={session.user} />}
    </>
  );
}
