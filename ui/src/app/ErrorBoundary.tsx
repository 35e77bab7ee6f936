import { Component, type ReactNode } from "react";
import { ScreenError } from "./ScreenError";

interface State {
  error: Error | null;
}

/** The last net, around the shell itself. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: null };

  static getDerivedStateFromError(error: Error): State {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <ScreenError error={error} reset={() => this.setState({ error: null })} />;
  }
}
