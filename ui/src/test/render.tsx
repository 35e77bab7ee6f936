import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render as mount } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactElement, ReactNode } from "react";
import { I18nProvider } from "react-aria-components";
import { makeQueryClient } from "~/app/providers";

export interface Rendered {
  user: ReturnType<typeof userEvent.setup>;
  container: HTMLElement;
  client: QueryClient;
  rerender: (ui: ReactElement) => void;
}

/** Mounts a component as the window would, with a person at the keyboard. */
export function render(ui: ReactElement): Rendered {
  const client = makeQueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <I18nProvider locale="en-GB">
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </I18nProvider>
  );
  const { container, rerender } = mount(ui, { wrapper });
  return { user: userEvent.setup(), container, client, rerender };
}
