package io.coxswain.apiserver.verbs;

import io.coxswain.api.meta.Status;
import io.coxswain.api.meta.Status.ListMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.http.Response;
import io.coxswain.storage.CompactedException;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Serves `GET …` on a collection from one snapshot, whole or page by page.
record ListHandler(Representation representation) implements VerbHandler {

    private static final String INCONSISTENT =
            "The provided continue parameter is too old to display a consistent list result. You"
                    + " can start a new list without the continue parameter, or use the continue"
                    + " token in this response to retrieve the remainder of the results."
                    + " Continuing with the provided token results in an inconsistent list -"
                    + " objects that were created, modified, or deleted between the time the"
                    + " first chunk was returned and now may show up in the list.";

    @Override
    public <T> Response handle(ResourceCall<T> call) {
        var selection = Selection.of(call);
        var limit = limit(call);
        var token = call.query().first("continue");
        if (token == null || token.isEmpty()) {
            var snapshot = Revisions.snapshotForList(call, limit > 0);
            return page(call, snapshot, selection, limit, null);
        }
        Revisions.checkList(call);
        var version = Revisions.text(call, "resourceVersion");
        if (!version.isEmpty() && !version.equals("0")) {
            throw Errors.badRequest(
                    "specifying resource version is not allowed when using continue");
        }
        var position = Continue.parse(token, call.kind());
        return page(call, snapshot(call, position), selection, limit, position);
    }

    private static Snapshot snapshot(ResourceCall<?> call, Continue position) {
        var store = call.registry().store();
        if (position.revision() == Continue.LATEST) {
            return store.fresh();
        }
        var reached = Freshness.await(call, position.revision());
        if (Freshness.behind(reached, position.revision())) {
            throw Revisions.tooLarge(position.revision(), reached);
        }
        try {
            return store.snapshotAt(position.revision());
        } catch (CompactedException e) {
            throw expired(position);
        }
    }

    /// The caller may start over, or take the rest as it is now with the token in this error.
    private static ApiError expired(Continue position) {
        var rest = new Continue(Continue.LATEST, position.last()).token();
        var status = Errors.expired(INCONSISTENT).status();
        return new ApiError(
                Edit.with(
                        status,
                        Status::metadata,
                        Edit.with(status.metadata(), ListMeta::continue_, rest)));
    }

    private <T> Response page(
            ResourceCall<T> call,
            Snapshot snapshot,
            Selection selection,
            int limit,
            @Nullable Continue from) {
        var resource = call.kind().resource();
        var after = from == null ? null : from.after(call.kind());
        var entries = snapshot.list(resource, call.namespace(), after);
        List<Entry> page = new ArrayList<>();
        while (entries.hasNext() && (limit == 0 || page.size() < limit)) {
            var entry = entries.next();
            if (selection.matches(entry)) {
                page.add(entry);
            }
        }
        var more = limit > 0 && entries.hasNext();
        if (!more) {
            return representation.list(call, new ListPage(snapshot.revision(), page, "", null));
        }
        var next = new Continue(snapshot.revision(), page.getLast().key()).token();
        Long remaining = null;
        if (selection.everything()) {
            remaining = (long) snapshot.count(resource, call.namespace(), page.getLast().key());
        }
        return representation.list(call, new ListPage(snapshot.revision(), page, next, remaining));
    }

    private static int limit(ResourceCall<?> call) {
        var text = call.query().first("limit");
        if (text == null || text.isEmpty()) {
            return 0;
        }
        try {
            return Math.max(0, Math.toIntExact(Long.parseLong(text)));
        } catch (NumberFormatException | ArithmeticException e) {
            throw Errors.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
    }
}
