import type { ReactNode } from "react";
import { EmptyState } from "./EmptyState";
import { Page, PageHead, Scroll } from "./Page";
import { SkeletonLines } from "./Progress";

export interface UnreadPageProps {
  title: string;
  /** The way up, as in the head of the page that is awaited. */
  crumb: ReactNode;
  /** Why it cannot be shown; without it the page is still on its way. */
  fault?: string;
  /** The way on when it cannot be shown. */
  action: ReactNode;
}

/** A page of one object while it is on its way, or when there is no such object. */
export function UnreadPage({ title, crumb, fault, action }: UnreadPageProps) {
  return (
    <Page>
      <PageHead crumb={crumb} title={title} />
      {fault === undefined ? (
        <Scroll>
          <SkeletonLines count={5} />
        </Scroll>
      ) : (
        <EmptyState kind="no_match" title={fault} action={action} />
      )}
    </Page>
  );
}
