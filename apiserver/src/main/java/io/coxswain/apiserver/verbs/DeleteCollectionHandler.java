package io.coxswain.apiserver.verbs;

import io.coxswain.api.schema.ApiError;
import io.coxswain.http.Response;
import io.coxswain.storage.Entry;
import java.util.ArrayList;

/// Serves `DELETE …` on a collection: deletes every object that the selectors match.
record DeleteCollectionHandler(Representation representation) implements VerbHandler {

    @Override
    public <T> Response handle(ResourceCall<T> call) {
        var options = DeleteHandler.options(call);
        var write = call.options();
        if (!options.dryRun().isEmpty()) {
            write = write.dry();
        }
        var selection = Selection.of(call);
        var snapshot = call.registry().store().snapshot();
        var resource = call.kind().resource();
        var deleted = new ArrayList<Entry>();
        var entries = snapshot.list(resource, call.namespace(), null);
        while (entries.hasNext()) {
            var entry = entries.next();
            if (!selection.matches(entry)) {
                continue;
            }
            try {
                DeleteHandler.delete(call, entry.key(), options, write);
                deleted.add(entry); // As it was when it was chosen.
            } catch (ApiError error) {
                if (!error.notFound()) {
                    throw error;
                }
            }
        }
        return representation.list(call, new ListPage(snapshot.revision(), deleted, "", null));
    }
}
