package io.coxswain.apiserver.verbs;

import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.RequestInfo;
import io.coxswain.apiserver.media.Negotiation;
import io.coxswain.apiserver.registry.Part;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Query;
import io.coxswain.storage.Key;

/// A call that names a kind this server knows.
public record ResourceCall<T>(Call call, Served<T> kind, Registry registry) {

    public RequestInfo info() {
        return call.info();
    }

    public Query query() {
        return call.query();
    }

    /// The namespace of the request; empty for cluster-scoped kinds and for all namespaces.
    public String namespace() {
        return kind.kind().namespaced() ? info().namespace() : "";
    }

    public String name() {
        return info().name();
    }

    public Key key() {
        return kind.key(namespace(), name());
    }

    public Part part() {
        return new Part(info().subresource());
    }

    /// How the answer should look; throws NotAcceptable.
    public Negotiation wanted() {
        return Negotiation.resource(call, kind.kind().type() != null);
    }

    public WriteOptions options() {
        return WriteOptions.of(call);
    }
}
