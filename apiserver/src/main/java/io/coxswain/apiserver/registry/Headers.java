package io.coxswain.apiserver.registry;

import io.coxswain.api.meta.ObjectMeta.OwnerReference;
import io.coxswain.storage.Header;

/// Makes the header of a stored object: what selectors and the garbage collector ask about.
public final class Headers {

    public <T> Header of(Served<T> kind, T object) {
        var meta = kind.codec().metadata(object);
        return new Header(
                meta.uid(),
                meta.labels(),
                kind.strategy().fieldsOf(object),
                meta.ownerReferences().stream().map(OwnerReference::uid).toList());
    }
}
