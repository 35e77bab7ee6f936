import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useEffect } from "react";
import { I18nProvider } from "react-aria-components";
import { I18nextProvider } from "react-i18next";
import { ARIA_LOCALE, i18n } from "~/i18n";
import { RpcError } from "~/ipc/errors";
import { invalidateTags, useInvalidation } from "~/ipc/hooks";
import { usePreferences } from "~/ui/preferences";

export function makeQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      // A session that ended elsewhere is noticed by the first question: the gate then reads anew.
      onError: (error) => {
        if (error instanceof RpcError && error.fault.code === "not_signed_in")
          void invalidateTags(client, ["desk"]);
      },
    }),
    defaultOptions: {
      queries: {
        // The backend says when something changed; looking at the window again is no news.
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: "always",
        staleTime: Number.POSITIVE_INFINITY,
        retry: (failures, error) =>
          failures < 2 && error instanceof RpcError && error.fault.code === "unreachable",
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
  return client;
}

export function Providers({ client, children }: { client: QueryClient; children: ReactNode }) {
  const language = usePreferences((p) => p.language);
  useEffect(() => {
    if (i18n.language !== language) void i18n.changeLanguage(language);
  }, [language]);
  return (
    <I18nextProvider i18n={i18n}>
      <I18nProvider locale={ARIA_LOCALE[language]}>
        <QueryClientProvider client={client}>
          <Invalidation client={client} />
          {children}
        </QueryClientProvider>
      </I18nProvider>
    </I18nextProvider>
  );
}

function Invalidation({ client }: { client: QueryClient }) {
  useInvalidation(client);
  return null;
}
