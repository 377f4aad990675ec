package io.coxswain.apiserver.crd;

import io.coxswain.storage.Draft;
import io.coxswain.storage.Entry;
import java.util.List;

/// How the objects of one version of a kind look in the store.
interface StoredForm {

    /// Stored entries as this version shows them, in the same order.
    List<Entry> shown(List<Entry> stored);

    /// What is stored for an object of this version.
    Draft stored(Draft draft);

    /// The version that is stored; empty when it is not served.
    String storedVersion();

    Lifeline line();
}
