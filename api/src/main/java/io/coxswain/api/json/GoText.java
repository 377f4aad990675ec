package io.coxswain.api.json;

/// Go's words for what is wrong with a text.
public final class GoText {

    private GoText() {}

    /// The text's first syntax error, or `other` when its syntax is right.
    public static String syntaxOr(byte[] json, String other) {
        var error = GoSyntax.explain(json);
        return error.isEmpty() ? other : error;
    }
}
