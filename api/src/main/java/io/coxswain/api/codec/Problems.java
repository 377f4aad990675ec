package io.coxswain.api.codec;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// What reading an object found strange but not wrong: unknown and repeated fields, with their
/// paths, in the order of the text. Also notes the kind the text says it is.
public final class Problems {

    /// As many as upstream keeps.
    private static final int KEPT_MAX = 100;

    private final SequencedSet<String> found = new LinkedHashSet<>();
    private String kind = "";
    private String apiVersion = "";

    public void unknown(String path) {
        add("unknown field \"" + path + "\"");
    }

    public void duplicate(String path) {
        add("duplicate field \"" + path + "\"");
    }

    public void add(String problem) {
        if (found.size() < KEPT_MAX) {
            found.add(problem);
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /// `unknown field "spec.foo"`, `duplicate field "spec.replicas"`.
    public List<String> all() {
        return List.copyOf(found);
    }

    /// All of them as the one error of strict field validation.
    public String strictError() {
        return "strict decoding error: " + String.join(", ", found);
    }

    public String kind() {
        return kind;
    }

    public String apiVersion() {
        return apiVersion;
    }

    void kind(String text) {
        kind = text;
    }

    void apiVersion(String text) {
        apiVersion = text;
    }
}
