package io.coxswain.apiserver.cel.functions;

/// What helps to write JSON patches: `jsonpatch.escapeKey("a/b")`.
final class PatchFunctions {

    private PatchFunctions() {}

    static Library library() {
        return new Library()
                .declare("jsonpatch.escapeKey(string): string")
                .text(
                        "jsonpatch.escapeKey",
                        text -> ((String) text).replace("~", "~0").replace("/", "~1"));
    }
}
