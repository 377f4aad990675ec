package io.coxswain.apiserver.podsecurity;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One rule of the standards.
///
/// @param level the lowest level that has it
/// @param replaces rules of a lower level that this one covers
/// @param versions what the rule says from a minor version on, oldest first
record Check(String id, Level level, List<String> replaces, List<Version> versions) {

    /// @param since the minor version from which on it holds
    record Version(int since, Rule rule) {}

    /// What is wrong with a pod.
    @FunctionalInterface
    interface Rule {
        @Nullable Finding apply(Subject pod);
    }

    static Check of(String id, Level level, Rule rule) {
        return new Check(id, level, List.of(), List.of(new Version(0, rule)));
    }

    /// The rule as of a version, or null when there was none yet.
    @Nullable Rule as(int minor) {
        Rule found = null;
        for (var version : versions) {
            if (version.since() <= minor) {
                found = version.rule();
            }
        }
        return found;
    }
}
