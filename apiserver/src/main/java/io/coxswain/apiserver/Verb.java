package io.coxswain.apiserver;

import java.util.Locale;

/// What a request asks for, in the words of authorization and audit.
public enum Verb {
    GET,
    LIST,
    WATCH,
    CREATE,
    UPDATE,
    PATCH,
    DELETE,
    DELETECOLLECTION,
    PROXY,
    /// Requests that name no resource keep their HTTP method.
    POST,
    PUT,
    HEAD,
    OPTIONS;

    private final String text = name().toLowerCase(Locale.ROOT);

    @Override
    public String toString() {
        return text;
    }
}
