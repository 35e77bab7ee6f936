import type { AnyRoute } from "@tanstack/react-router";
import type { ComponentType, ReactNode } from "react";
import type { Command, PaletteSource } from "~/commands/registry";
import type { NavArea } from "./nav";

/** Places of the shell that a feature may fill. */
export interface ShellSlots {
  /** Stands around the whole shell: sign-in and first run show themselves instead of it. */
  Gate?: ComponentType<{ children: ReactNode }>;
  /** Left in the top bar: which school and department the figures are of. */
  Scope?: ComponentType;
  /** Right in the top bar: what waits to be sent. */
  Sync?: ComponentType;
  /** At the far right: the person signed in. */
  Person?: ComponentType;
  /** At the end of the top bar: the help. */
  Help?: ComponentType;
  /** Beside the work, where somebody asks for it: the page of the help that tells of it. */
  Aside?: ComponentType;
  /** At the foot of the navigation: the desk and its last backup. */
  NavFoot?: ComponentType;
  /** Above every screen: one banner per connection that asks for a person. */
  Banners?: ComponentType;
}

/**
 * What a folder under `features/` gives to the window. Its `feature.tsx` exports one of these by
 * default and is found by its name; nothing else has to be edited.
 */
export interface Feature {
  /** The entry of the navigation its screens belong to, if it has one. */
  nav?: NavArea;
  /** A number beside the entry, such as records that need attention. Called as a hook. */
  useBadge?: () => number | undefined;
  routes?: readonly AnyRoute[];
  /** Verbs that work on every screen. */
  commands?: readonly Command[];
  sources?: readonly PaletteSource[];
  slots?: ShellSlots;
}

export const defineFeature = (feature: Feature): Feature => feature;
