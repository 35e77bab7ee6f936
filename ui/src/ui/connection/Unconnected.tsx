import { Plug } from "lucide-react";
import { goTo } from "~/domain/places";
import { Button, EmptyState } from "../primitives";

interface UnconnectedProps {
  title: string;
  /** What the button says that leads to the systems. */
  connect: string;
  children: string;
}

/** Stands where a screen needs an accounting system and there is none. */
export function Unconnected({ title, connect, children }: UnconnectedProps) {
  return (
    <EmptyState
      kind="first_use"
      icon={Plug}
      title={title}
      action={
        <Button variant="primary" icon={Plug} onPress={() => goTo("/connections?sign_in=new")}>
          {connect}
        </Button>
      }
    >
      {children}
    </EmptyState>
  );
}
