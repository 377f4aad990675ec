package io.coxswain.apiserver.crd;

import io.coxswain.storage.Entry;
import org.jspecify.annotations.Nullable;

/// The forms in which a stored entry was shown, remembered with the entry.
///
/// A race between two readers loses one of the two views, which is then made again.
record Views(StoredForm form, Entry entry, @Nullable Views older) {

    private static final int KEPT_MAX = 3;

    @SuppressWarnings("ReferenceEquality") // A changed version is another form.
    static @Nullable Entry of(Entry stored, StoredForm form) {
        var views = stored.decoded() instanceof Views known ? known : null;
        while (views != null) {
            if (views.form == form) {
                return views.entry;
            }
            views = views.older;
        }
        return null;
    }

    static void add(Entry stored, StoredForm form, Entry view) {
        var known = stored.decoded() instanceof Views views ? views.first(KEPT_MAX - 1) : null;
        stored.remember(new Views(form, view, known));
    }

    private @Nullable Views first(int count) {
        return count == 0
                ? null
                : new Views(form, entry, older == null ? null : older.first(count - 1));
    }
}
