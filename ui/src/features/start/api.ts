import { useQueryClient } from "@tanstack/react-query";
import type { ChooseSchool } from "~/ipc/gen/ChooseSchool";
import type { CreateSchool } from "~/ipc/gen/CreateSchool";
import type { DeskStatus } from "~/ipc/gen/DeskStatus";
import type { OpenSampleSchool } from "~/ipc/gen/OpenSampleSchool";
import type { SignIn } from "~/ipc/gen/SignIn";
import type { UnlockBook } from "~/ipc/gen/UnlockBook";
import { isOfDesk, useRpc, useRpcMutation } from "~/ipc/hooks";

export const useDeskStatus = () => useRpc("desk_status", {});
export const useCountryDefaults = (country: string) =>
  useRpc("country_defaults", { country }, { keepPrevious: true });

/**
 * Opening, creating and locking answer with the desk's new state: it is shown at once, and
 * whatever was read of another book is read again.
 */
function useNewStatus() {
  const client = useQueryClient();
  return (status: DeskStatus) => {
    client.setQueryData(["desk_status", {}], status);
    void client.invalidateQueries({ predicate: (q) => !isOfDesk(q.queryKey) });
  };
}

export function useCreateSchool() {
  const onSuccess = useNewStatus();
  const { mutate, ...rest } = useRpcMutation("create_school");
  return { ...rest, run: (request: CreateSchool) => mutate(request, { onSuccess }) };
}

export function useOpenSample() {
  const onSuccess = useNewStatus();
  const { mutate, ...rest } = useRpcMutation("open_sample_school");
  return { ...rest, run: (request: OpenSampleSchool) => mutate(request, { onSuccess }) };
}

export function useUnlock() {
  const onSuccess = useNewStatus();
  const { mutate, ...rest } = useRpcMutation("unlock_book");
  return { ...rest, run: (request: UnlockBook) => mutate(request, { onSuccess }) };
}

/** Another person than before must not see what was read for that one, not for a moment. */
export function useSignIn(before: string | undefined) {
  const client = useQueryClient();
  const onNewStatus = useNewStatus();
  const { mutate, ...rest } = useRpcMutation("sign_in");
  const onSuccess = (status: DeskStatus) => {
    if (before !== undefined && status.session?.user?.id !== before)
      client.removeQueries({ predicate: (q) => !isOfDesk(q.queryKey) });
    onNewStatus(status);
  };
  return { ...rest, run: (request: SignIn) => mutate(request, { onSuccess }) };
}

/** The schools of this desk. */
export const useSchools = () => useRpc("desk_schools", {});

/** What was read of one school must not be seen in the next, not for a moment. */
export function useChooseSchool() {
  const client = useQueryClient();
  const onNewStatus = useNewStatus();
  const { mutate, ...rest } = useRpcMutation("choose_school");
  return {
    ...rest,
    mutate: (request: ChooseSchool, { onError }: { onError: (thrown: unknown) => void }) =>
      mutate(request, {
        onSuccess: (status) => {
          client.removeQueries({ predicate: (q) => !isOfDesk(q.queryKey) });
          onNewStatus(status);
        },
        onError,
      }),
  };
}

/** Nothing is read again: what lies under the lock stays as it is. */
export function useLockSession() {
  const client = useQueryClient();
  const { mutate, ...rest } = useRpcMutation("lock_session");
  const onSuccess = (status: DeskStatus) => client.setQueryData(["desk_status", {}], status);
  return { ...rest, run: () => mutate({}, { onSuccess }) };
}

/** Everything that was read goes with the person. */
export function useSignOut() {
  const client = useQueryClient();
  const { mutate, ...rest } = useRpcMutation("sign_out");
  const onSuccess = (status: DeskStatus) => {
    client.setQueryData(["desk_status", {}], status);
    client.removeQueries({ predicate: (q) => !isOfDesk(q.queryKey) });
  };
  return { ...rest, run: () => mutate({}, { onSuccess }) };
}

export const useChangePassword = () => useRpcMutation("change_password");
