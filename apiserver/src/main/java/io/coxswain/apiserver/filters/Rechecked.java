package io.coxswain.apiserver.filters;

import io.coxswain.api.schema.ApiError;
import io.coxswain.apiserver.Call;
import io.coxswain.http.Response;
import io.coxswain.storage.Store;
import io.coxswain.storage.StoreException;
import java.util.Set;

/// Makes a refusal final only on the newest state. Where several servers share a store, this one
/// may not have heard yet of what the caller was told by another: a namespace that was just
/// created, the version of an object that was just read. Then the request is handled again.
public final class Rechecked implements Filter.Next {

    /// What may be different on a newer state.
    private static final Set<Integer> DOUBTFUL = Set.of(403, 404, 409, 422);

    private final Filter.Next next;
    private final Store store;

    public Rechecked(Filter.Next next, Store store) {
        this.next = next;
        this.store = store;
    }

    @Override
    public Response handle(Call call) {
        if (!store.shared()) {
            return next.handle(call);
        }
        var known = store.snapshot().revision();
        try {
            var response = next.handle(call);
            return response.status() == 404 && stale(known) ? next.handle(call) : response;
        } catch (ApiError refusal) {
            if (!DOUBTFUL.contains(refusal.code()) || !stale(known)) {
                throw refusal;
            }
            return next.handle(call);
        }
    }

    private boolean stale(long known) {
        return store.fresh().revision() > known;
    }

    /// Whether the store can say what is newest.
    public static boolean reachable(Store store) {
        try {
            return store.fresh().revision() >= 0;
        } catch (StoreException e) {
            return false;
        }
    }
}
