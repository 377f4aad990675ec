package io.coxswain.apiserver.verbs;

import io.coxswain.apiserver.registry.Served;
import io.coxswain.storage.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The entries a list answers with.
///
/// @param next the `continue` token, empty on the last page
/// @param remaining how many objects follow; null when that is not known
record ListPage(long revision, List<Entry> entries, String next, @Nullable Long remaining) {

    /// The same page as clients of this version see it.
    ListPage seenAs(Served<?> kind) {
        return kind.isConverted()
                ? new ListPage(revision, entries.stream().map(kind::view).toList(), next, remaining)
                : this;
    }
}
