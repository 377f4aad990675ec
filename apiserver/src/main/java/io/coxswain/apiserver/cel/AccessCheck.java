package io.coxswain.apiserver.cel;

/// A question to the authorizer while it is put together; every part gives a question of its own.
public interface AccessCheck {

    AccessCheck path(String path);

    AccessCheck group(String group);

    AccessCheck resource(String resource);

    AccessCheck subresource(String subresource);

    AccessCheck namespace(String namespace);

    AccessCheck name(String name);

    AccessCheck fieldSelector(String selector);

    AccessCheck labelSelector(String selector);

    /// The same questions about a service account instead of the caller.
    AccessCheck serviceAccount(String namespace, String name);

    Outcome check(String verb);

    /// @param error empty unless the authorizer itself failed
    record Outcome(boolean allowed, String reason, String error) {

        public boolean errored() {
            return !error.isEmpty();
        }
    }
}
