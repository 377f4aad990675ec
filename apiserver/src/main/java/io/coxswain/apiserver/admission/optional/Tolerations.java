package io.coxswain.apiserver.admission.optional;

import io.coxswain.api.core.Toleration;
import io.coxswain.api.schema.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// How lists of tolerations are joined and compared.
final class Tolerations {

    private Tolerations() {}

    static Toleration exists(String key, String effect) {
        return Edit.of(Toleration.class)
                .set(Toleration::key, key)
                .set(Toleration::operator, "Exists")
                .set(Toleration::effect, effect)
                .done();
    }

    /// `own` with what is in `added` and not yet said there.
    static List<Toleration> merged(List<Toleration> own, List<Toleration> added) {
        var all = new ArrayList<Toleration>();
        var candidates = new ArrayList<>(own);
        candidates.addAll(added);
        for (var i = 0; i < candidates.size(); i++) {
            var one = candidates.get(i);
            var behind = candidates.subList(i + 1, candidates.size());
            if (all.stream().noneMatch(other -> covers(other, one))
                    && behind.stream()
                            .noneMatch(other -> !same(one, other) && covers(other, one))) {
                all.add(one);
            }
        }
        return all;
    }

    /// Whether every one of `tolerations` says no more than one of `allowed`.
    static boolean within(List<Toleration> tolerations, List<Toleration> allowed) {
        return allowed.isEmpty()
                || tolerations.stream()
                        .allMatch(one -> allowed.stream().anyMatch(other -> covers(other, one)));
    }

    private static boolean same(Toleration one, Toleration other) {
        return covers(one, other) && covers(other, one);
    }

    /// Whether whatever `narrow` tolerates is tolerated by `wide` too.
    static boolean covers(Toleration wide, Toleration narrow) {
        if (!wide.key().isEmpty() && !wide.key().equals(narrow.key())) {
            return false;
        }
        if (!wide.effect().isEmpty() && !wide.effect().equals(narrow.effect())) {
            return false;
        }
        if (wide.effect().equals("NoExecute")) {
            var most = wide.tolerationSeconds();
            var asked = narrow.tolerationSeconds();
            if (most != null && (asked == null || asked > most)) {
                return false;
            }
        }
        return switch (wide.operator()) {
            case "", "Equal" ->
                    !narrow.operator().equals("Exists")
                            && Objects.equals(wide.value(), narrow.value())
                            && wide.key().equals(narrow.key());
            case "Exists" -> true;
            default ->
                    wide.operator().equals(narrow.operator())
                            && wide.value().equals(narrow.value());
        };
    }
}
