import "./ui/base.css";
import { type AnyRoute, RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { ErrorBoundary } from "./app/ErrorBoundary";
import { makeQueryClient, Providers } from "./app/providers";
import { makeRouter } from "./app/router";
import { i18n, startI18n } from "./i18n";
import { connect } from "./ipc/client";
import { applyPreferences, usePreferences } from "./ui/preferences";

/** The gallery is part of development only; a production build does not contain it. */
async function developmentRoutes(): Promise<AnyRoute[]> {
  if (!import.meta.env.DEV) return [];
  return [(await import("./gallery/route")).galleryRoute];
}

/** `?words=long` shows every text two fifths longer, as it is in other languages. */
async function developmentWords(): Promise<void> {
  if (!import.meta.env.DEV) return;
  if (new URLSearchParams(location.search).get("words") !== "long") return;
  (await import("./gallery/longWords")).lengthenWords(i18n);
}

async function start(): Promise<void> {
  applyPreferences();
  startI18n(usePreferences.getState().language);
  await developmentWords();
  await connect();
  const client = makeQueryClient();
  const router = makeRouter(client, await developmentRoutes());
  const root = document.getElementById("root");
  if (root === null) throw new Error("index.html has no #root");
  createRoot(root).render(
    <StrictMode>
      <Providers client={client}>
        <ErrorBoundary>
          <RouterProvider router={router} />
        </ErrorBoundary>
      </Providers>
    </StrictMode>,
  );
}

void start();
